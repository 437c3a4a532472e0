// Down to which level the map shows grids: as suits the zoom, or as chosen.
import { SegmentedControl, Tooltip, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { LEVELS } from '../../core/topology/model.ts'
import { writeCount } from './numbers.ts'
import { usePage } from './state.ts'
import { useLevels, useShownLevel } from './use-level.ts'

const AUTO = 'auto'

export function LevelControl() {
  const { t } = useTranslation()
  const { level, language, set } = usePage(
    useShallow(state => ({ level: state.level, language: state.language, set: state.set })),
  )
  const levels = useLevels()
  const shown = useShownLevel()
  if (levels.length < 2) return null
  const deepest = levels.at(-1)?.level ?? 1
  const now = Math.min(shown, deepest)
  const label = (words: string, why: string, isNow: boolean, short = words) => (
    <Tooltip label={why} openDelay={300}>
      <span className="level-name" data-now={isNow || undefined}>
        <span className="long">{words}</span>
        <span className="short" aria-hidden="true">
          {short}
        </span>
        {isNow && <VisuallyHidden>{t('levels.now', { name: words })}</VisuallyHidden>}
      </span>
    </Tooltip>
  )
  return (
    <SegmentedControl
      className="level-control"
      size="xs"
      aria-label={t('levels.label')}
      value={level === null ? AUTO : String(level)}
      onChange={value => set({ level: LEVELS.find(one => String(one) === value) ?? null })}
      data={[
        { value: AUTO, label: label(t('levels.auto'), t('levels.autoWhy'), false) },
        ...levels.map(one => ({
          value: String(one.level),
          label: label(
            one.name,
            t('levels.levelWhy', { name: one.name, n: writeCount(one.count, language) }),
            level === null && one.level === now,
            String(one.level),
          ),
        })),
      ]}
      data-testid="level-control"
    />
  )
}
