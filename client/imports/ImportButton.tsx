// Opens and leaves the import panel, in the top bar of every workspace.
import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { closeImport, openImport } from './acts.ts'
import { useIsImporting } from './desk.ts'

export function ImportButton() {
  const { t } = useTranslation()
  const open = useIsImporting()
  return (
    <Button
      className="import-button"
      variant={open ? 'light' : 'subtle'}
      color={open ? 'accent' : 'gray'}
      size="compact-md"
      leftSection={<IconFileImport size={18} />}
      aria-label={t('imports.tool')}
      aria-pressed={open}
      title={t('imports.why')}
      onClick={open ? closeImport : openImport}
      data-testid="import"
    >
      <span className="import-words">{t('imports.tool')}</span>
    </Button>
  )
}
