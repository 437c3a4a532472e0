// A merge while grids are picked: which, what they make together, whose code survives, and the yes.
import { Button, CloseButton, Group, Radio, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { Failure } from '../api/call.ts'
import { writeCount } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { BROWSE, type Merge } from '../modes/mode.ts'
import { saveMerge, useMergePreview, useMergeSession } from './merge-session.ts'

const COUNTS = ['persons', 'households', 'buildings'] as const

export function MergePanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: Merge }) {
  const { t } = useTranslation()
  const { language, input, begin, set } = usePage()
  const { saving, failure } = useMergeSession()
  const preview = useMergePreview(plan, mode)
  const chosen = mode.grids.flatMap(id => grids.grids.find(grid => grid.id === id) ?? [])
  const most = chosen.reduce<GridSummary | null>(
    (best, one) => (best && best.persons >= one.persons ? best : one),
    null,
  )
  const refused = preview.error ?? failure
  const place = refused instanceof Failure ? (refused.problem?.place ?? null) : null
  const message = refused?.message ?? null

  // The place of the reason is marked on the map for as long as it holds.
  useEffect(() => {
    if (place && message) set({ fault: { at: place, text: message } })
    return () => set({ fault: null })
  }, [place, message, set])

  return (
    <section className="work-panel" aria-label={t('merge.title')} data-testid="merge-panel">
      <div>
        <Text component="h2" fw={600}>
          {t('merge.title')}
          {chosen.length > 0 && (
            <span className="quiet-text"> · {t('merge.chosen', { n: chosen.length })}</span>
          )}
        </Text>
        <Text size="sm" c="dimmed" role="status">
          {chosen.length === 1 ? t('merge.more') : t('merge.hint')}
        </Text>
      </div>
      {chosen.length > 0 && (
        <Radio.Group
          label={chosen.length > 1 ? t('merge.keep') : undefined}
          value={mode.keep ?? most?.id ?? null}
          onChange={grid => input({ on: 'keep', grid })}
        >
          {chosen.map(one => (
            <Group key={one.id} justify="space-between" wrap="nowrap" gap={4} className="picked">
              <Radio
                size="sm"
                value={one.id}
                label={
                  <>
                    {one.name || one.code} <span className="grid-code">{one.code}</span>
                  </>
                }
              />
              <CloseButton
                size="sm"
                aria-label={t('merge.remove', { name: one.name || one.code })}
                onClick={() => input({ on: 'grid', grid: one.id })}
              />
            </Group>
          ))}
        </Radio.Group>
      )}
      {chosen.length > 1 && (
        <div className="sides">
          <table>
            <tbody>
              {COUNTS.map(count => (
                <tr key={count}>
                  <th scope="row">
                    {t('merge.result')} {t(count)}
                  </th>
                  <td className="number" data-testid={`merged-${count}`}>
                    {writeCount(
                      chosen.reduce((sum, one) => sum + one[count], 0),
                      language,
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Synthetic shown={plan.synthetic} />
        </div>
      )}
      {refused && chosen.length > 1 && (
        <Trouble
          title={t('merge.refused')}
          testId="refusal"
          onRetry={
            refused instanceof Failure && refused.retry
              ? () => void (failure ? saveMerge() : preview.refetch())
              : undefined
          }
        >
          {message}
        </Trouble>
      )}
      <Group gap="xs" grow className="work-buttons">
        <Button variant="default" onClick={() => begin(BROWSE)} data-testid="cancel">
          {t('cancel')}
        </Button>
        <Button
          disabled={chosen.length < 2 || !preview.data}
          loading={saving || (chosen.length > 1 && preview.isFetching)}
          onClick={() => void saveMerge()}
          data-testid="confirm"
        >
          {t('merge.confirm')}
        </Button>
      </Group>
    </section>
  )
}
