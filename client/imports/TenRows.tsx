// The first rows of the file as they are read now, along the lower edge of the map: each row and its shape are one.
import { Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Inspection } from '../../core/contract/imports.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { boxOfShape } from '../map/boxes.ts'
import { setDesk, useImportDesk } from './desk.ts'

function Rows({ looked }: { looked: Inspection }) {
  const { t } = useTranslation()
  const row = useImportDesk(desk => desk.row)
  const lookAt = usePage(state => state.lookAt)
  const { columns, firstRows, roles, sample } = looked
  const labels = new Map(roles.map(({ role, label }) => [role, label]))
  const shapeOf = (number: number) => sample.features.find(({ properties }) => properties?.row === number)
  const find = (number: number) => {
    setDesk({ row: number })
    const shape = shapeOf(number)
    if (shape) lookAt(boxOfShape(shape.geometry), 'unless-seen')
  }
  const anyProblem = firstRows.some(({ problem }) => problem !== null)
  return (
    <table className="found-rows import-rows">
      <thead>
        <tr>
          <th scope="col" className="number">
            {t('imports.rows.number')}
          </th>
          {anyProblem && <th scope="col">{t('imports.rows.problem')}</th>}
          {columns.map(({ name, role }) => (
            <th key={name} scope="col" data-used={role !== null || undefined}>
              {name}
              {role && <span className="import-role">{labels.get(role) ?? role}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {firstRows.map(({ number, values, problem }) => (
          <tr
            key={number}
            tabIndex={0}
            aria-selected={row === number}
            data-bad={problem !== null || undefined}
            onClick={() => find(number)}
            onKeyDown={event => {
              if (event.key === 'Enter') find(number)
            }}
            data-testid="first-row"
          >
            <td className="number">{number}</td>
            {anyProblem && (
              <td className="import-problem" title={problem ?? undefined}>
                {problem && (
                  <>
                    <IconAlertTriangle size={14} aria-hidden="true" /> {problem}
                  </>
                )}
              </td>
            )}
            {columns.map(({ name }) => (
              <td key={name} title={values[name]}>
                {values[name] || '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function TenRows() {
  const { t } = useTranslation()
  const stage = useImportDesk(desk => desk.stage)
  const language = usePage(state => state.language)
  const whole = useImportDesk(desk => desk.whole?.bbox)
  if (stage.at !== 'settle') return null
  const { looked, asking } = stage
  const title = t('imports.rows.first', { n: looked.firstRows.length })
  const drawn = looked.sample.features.length
  return (
    <section
      className="rows-panel ten-rows"
      aria-label={t('imports.rows.label')}
      data-stale={asking || undefined}
      data-testid="ten-rows"
    >
      <Group gap={8} className="rows-head">
        <Text component="h2" fw={600} size="sm">
          {title}
        </Text>
        {drawn > 0 && (
          <Text size="xs" c="dimmed" data-testid="shapes-drawn">
            {t(drawn < looked.judged.good ? 'imports.rows.drawnSome' : 'imports.rows.drawn', {
              n: writeCount(drawn, language),
            })}
          </Text>
        )}
        {whole && (
          <Text size="xs" c="dimmed" data-testid="whole-file">
            {t('imports.rows.whole')}
          </Text>
        )}
        <Text size="xs" c="dimmed" className="rows-hint">
          {t('imports.rows.hint')}
        </Text>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard. */}
      <section className="rows-scroll" tabIndex={0} aria-label={title}>
        {looked.firstRows.length > 0 ? (
          <Rows looked={looked} />
        ) : (
          <p className="quiet">{t('imports.rows.none')}</p>
        )}
      </section>
    </section>
  )
}
