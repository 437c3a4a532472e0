// Which file is looked at, and that its settings are those of the last one of its kind.
import { Button, Group, Text } from '@mantine/core'
import { IconFile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Inspection } from '../../core/contract/imports.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { useImportDesk } from './desk.ts'
import { forgetChosen } from './look.ts'

export function FileHead({ looked }: { looked: Inspection }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { name, bytes, format, rows, more, remembered } = looked
  const whole = useImportDesk(desk => desk.whole)
  const size =
    bytes >= 1e6
      ? t('imports.bytes.mb', { n: (bytes / 1e6).toFixed(1) })
      : bytes >= 1e3
        ? t('imports.bytes.kb', { n: writeCount(Math.round(bytes / 1e3), language) })
        : t('imports.bytes.b', { n: bytes })
  const n = writeCount(rows, language)
  return (
    <section className="import-head">
      <Group gap={8} wrap="nowrap" align="flex-start">
        <IconFile size={18} aria-hidden="true" />
        <div>
          <strong data-testid="import-file-name">{name}</strong>
          <Text size="xs" c="dimmed" className="number-left">
            {t('imports.file.size', { size, format: format.toUpperCase() })} ·{' '}
            {whole
              ? t('imports.file.rowsOf', { n, all: writeCount(whole.rows, language) })
              : t(more ? 'imports.file.rowsMore' : 'imports.file.rows', { n })}
          </Text>
        </div>
      </Group>
      {remembered && (
        <Group gap={4} wrap="nowrap" data-testid="import-remembered">
          <Text size="xs">{t('imports.file.remembered')}</Text>
          <Button size="compact-xs" variant="subtle" onClick={forgetChosen}>
            {t('imports.file.forget')}
          </Button>
        </Group>
      )}
    </section>
  )
}
