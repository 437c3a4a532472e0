// What the map shows of a file that is looked at: the shapes as they would be stored, problems marked.
import { useMemo } from 'react'
import type { FileOnMap } from '../map/scene.ts'
import { useImportDesk } from './desk.ts'

export function useFileOnMap(): FileOnMap | null {
  const looked = useImportDesk(({ open, stage }) => (open && stage.at === 'settle' ? stage.looked : null))
  const row = useImportDesk(desk => desk.row)
  const whole = useImportDesk(desk => desk.whole?.bbox ?? null)
  return useMemo(() => {
    if (!looked) return null
    const bad = looked.firstRows.flatMap(({ number, problem }) => (problem === null ? [] : [number]))
    return { shapes: looked.sample, bad, row, whole }
  }, [looked, row, whole])
}
