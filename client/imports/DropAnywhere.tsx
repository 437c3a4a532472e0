// Files may be dropped anywhere on the page.
import { Stack, Text } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePage } from '../app/state.ts'
import { takeFiles } from './acts.ts'

export function DropAnywhere() {
  const { t } = useTranslation()
  // The form of a new area takes its outline itself.
  const active = usePage(state => state.page !== 'new-area')
  return (
    <Dropzone.FullScreen
      active={active}
      onDrop={takeFiles}
      activateOnKeyboard={false}
      className="drop-anywhere"
      acceptColor="accent"
      inputProps={{ 'aria-hidden': true, tabIndex: -1 }}
      data-testid="drop-anywhere"
    >
      <Stack aria-hidden align="center" justify="center" gap={8} className="drop-words">
        <IconFileImport size={52} stroke={1.5} aria-hidden="true" />
        <Text size="xl" fw={600}>
          {t('imports.drop')}
        </Text>
        <Text>{t('imports.dropWhy')}</Text>
      </Stack>
    </Dropzone.FullScreen>
  )
}
