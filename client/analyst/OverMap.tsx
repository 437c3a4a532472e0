// What the analyst's workspace lays over the map: the time, and at the right a report or the incidents that were clicked.
import { usePage } from '../app/state.ts'
import { useDesk } from './desk.ts'
import { IncidentPanel } from './IncidentPanel.tsx'
import { ReportPanel } from './ReportPanel.tsx'
import { TimePanel } from './TimePanel.tsx'
import { useDeskFollows } from './use-desk.ts'

interface Props {
  /** Something else is at the right, or below. */
  sideTaken: boolean
  footTaken: boolean
}

export function OverMap({ sideTaken, footTaken }: Props) {
  useDeskFollows()
  const mode = usePage(state => state.mode)
  const arePoints = usePage(state => state.analysis.as === 'points')
  const picked = useDesk(state => state.picked)
  const isPicked = mode.mode === 'browse' && arePoints && !sideTaken
  return (
    <>
      {!footTaken && <TimePanel />}
      {mode.mode === 'report' && <ReportPanel mode={mode} />}
      {isPicked && picked && <IncidentPanel key={picked.at.join()} picked={picked} />}
    </>
  )
}
