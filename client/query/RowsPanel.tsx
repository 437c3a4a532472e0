// The rows that a spatial query found, a page at a time, along the lower edge of the map: each row and its point are one.
import { ActionIcon, Alert, Button, Group, Text, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { Cell, QueryLayer, QueryTable } from '../../core/contract/analysis.ts'
import type { Place } from '../../core/contract/geometry.ts'
import { kindName } from '../app/kind-names.ts'
import { type Language, writeCount, writeTime } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { download, type FileFormat, PAGE_ROWS, useRows } from './ask.ts'
import { setQueryTool, showRows, useQueryTool } from './tool.ts'

/** Columns whose text is one of a few values. */
const NAMED = ['kind', 'category', 'status', 'source', 'circulation', 'role', 'force', 'state']
/** Numbers that are not amounts. */
const PLAIN = ['built', 'number']
/** Around a place that is gone to, in degrees. */
const AROUND = 0.002

function writeCell(
  cell: Cell,
  { key, type }: QueryTable['columns'][number],
  language: Language,
  flag: { yes: string; no: string },
): string {
  if (cell === null || cell === '') return '–'
  if (typeof cell === 'boolean') return cell ? flag.yes : flag.no
  if (typeof cell === 'number') return PLAIN.includes(key) ? String(cell) : writeCount(cell, language)
  if (type === 'time') return writeTime(cell, language)
  return NAMED.includes(key) ? kindName(cell, language, key) : cell
}

function Rows({ table }: { table: QueryTable }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const lookAt = usePage(state => state.lookAt)
  const { row: chosen, hovered } = useQueryTool(
    useShallow(tool => ({ row: tool.row, hovered: tool.hovered })),
  )
  const body = useRef<HTMLTableSectionElement>(null)
  // A point that was clicked brings its row into view.
  useEffect(() => {
    if (!chosen) return
    const row = [...(body.current?.rows ?? [])].find(one => one.dataset.row === chosen)
    row?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const choose = (id: string, place: Place | null) => {
    setQueryTool({ row: id })
    if (!place) return
    const [lng, lat] = place
    lookAt([lng - AROUND, lat - AROUND, lng + AROUND, lat + AROUND], 'unless-seen')
  }
  const flag = { yes: t('query.table.yes'), no: t('query.table.no') }
  return (
    <table className="found-rows">
      <thead>
        <tr>
          {table.columns.map(({ key, name, type }) => (
            <th key={key} scope="col" className={type === 'number' ? 'number' : undefined}>
              {name[language]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {table.rows.map(({ id, place, cells }) => (
          <tr
            key={id}
            tabIndex={0}
            data-row={id}
            data-testid="found-row"
            data-hovered={hovered === id || undefined}
            aria-selected={chosen === id}
            onClick={() => choose(id, place)}
            onKeyDown={event => {
              if (event.key === 'Enter' || event.key === ' ') {
                event.preventDefault()
                choose(id, place)
              }
            }}
            onPointerEnter={() => setQueryTool({ hovered: id })}
            onPointerLeave={() => setQueryTool({ hovered: null })}
          >
            {table.columns.map((column, index) => (
              <td key={column.key} className={column.type === 'number' ? 'number' : undefined}>
                {writeCell(cells[index] ?? null, column, language, flag)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Files({ layer }: { layer: QueryLayer }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState<FileFormat | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const fetchFile = async (format: FileFormat) => {
    setBusy(format)
    setFailure(null)
    try {
      await download(layer, format)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
    setBusy(null)
  }
  return (
    <>
      {(['csv', 'geojson'] as const).map(format => (
        <Button
          key={format}
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} />}
          loading={busy === format}
          aria-label={t(`query.table.${format}`)}
          onClick={() => void fetchFile(format)}
          data-testid={`query-${format}`}
        >
          {format === 'csv' ? 'CSV' : 'GeoJSON'}
        </Button>
      ))}
      {failure && (
        <Alert color="red" p={4} title={t('query.table.downloadFailed')}>
          {failure}
        </Alert>
      )}
    </>
  )
}

export function RowsPanel() {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const shown = useQueryTool(tool => tool.table)
  const rows = useRows()
  const table = rows.data?.table
  if (!shown) return null
  const { layer, offset } = shown
  const total = table?.total ?? 0
  const page = t('query.table.page', {
    from: writeCount(total === 0 ? 0 : offset + 1, language),
    to: writeCount(Math.min(total, offset + PAGE_ROWS), language),
    total: writeCount(total, language),
  })
  const steps = [
    { label: t('query.table.previous'), to: offset - PAGE_ROWS, icon: <IconChevronLeft size={16} /> },
    { label: t('query.table.next'), to: offset + PAGE_ROWS, icon: <IconChevronRight size={16} /> },
  ]
  return (
    <section className="rows-panel" aria-label={t('query.table.label')} data-testid="rows-panel">
      <Group gap={8} className="rows-head">
        <Text component="h2" fw={600} size="sm">
          {layer === 'persons' ? t('query.table.persons') : t(`query.layer.${layer}`)}
        </Text>
        <Text size="xs" c="dimmed" className="number-left" data-testid="rows-page">
          {table ? page : ' '}
        </Text>
        <Group gap={4}>
          {steps.map(({ label, to, icon }) => (
            <Tooltip key={label} label={label}>
              <ActionIcon
                variant="default"
                size={26}
                aria-label={label}
                disabled={to < 0 || to >= total}
                onClick={() => showRows(layer, to)}
              >
                {icon}
              </ActionIcon>
            </Tooltip>
          ))}
        </Group>
        <Text size="xs" c="dimmed" className="rows-hint">
          {t('query.table.onMap')}
        </Text>
        <Group gap={6} className="rows-files">
          <Files key={layer} layer={layer} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('query.table.close')}
            onClick={() => showRows(null)}
            data-testid="close-rows"
          >
            <IconX size={18} />
          </ActionIcon>
        </Group>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard. */}
      <section className="rows-scroll" tabIndex={0} aria-label={t('query.table.label')}>
        {rows.error && (
          <Trouble title={t('query.failed')} onRetry={() => void rows.refetch()}>
            {rows.error.message}
          </Trouble>
        )}
        {table?.layer === layer ? <Rows table={table} /> : !rows.error && <Waiting rows={4} />}
      </section>
    </section>
  )
}
