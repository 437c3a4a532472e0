// Nothing is looked at yet: files are chosen or dropped; below, what was imported before.
import { Button, FileButton, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Trouble } from '../app/Trouble.tsx'
import { lookOnceMore, takeFiles } from './acts.ts'
import { useImportDesk } from './desk.ts'
import { ImportList } from './ImportList.tsx'

export function ChooseFile() {
  const { t } = useTranslation()
  const trouble = useImportDesk(desk => desk.trouble)
  const again = trouble?.again
  return (
    <>
      {trouble && (
        <Trouble
          title={trouble.title}
          onRetry={again ? () => lookOnceMore(again) : undefined}
          retryLabel={t('imports.choose.again')}
          testId="import-trouble"
        >
          {trouble.text}
        </Trouble>
      )}
      <section className="import-choose">
        <FileButton
          multiple
          onChange={takeFiles}
          inputProps={{ 'data-testid': 'import-file', 'aria-label': t('imports.choose.button') } as object}
        >
          {props => (
            <Button
              {...props}
              leftSection={<IconFileImport size={18} />}
              data-autofocus
              data-testid="choose-file"
            >
              {t('imports.choose.button')}
            </Button>
          )}
        </FileButton>
        <Text size="sm">{t('imports.choose.anywhere')}</Text>
        <Text size="xs" c="dimmed">
          {t('imports.choose.formats')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('imports.choose.promise')}
        </Text>
      </section>
      <ImportList />
    </>
  )
}
