// Brings the rejected rows of an import as a file that says why.
import { Alert, Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { saveAsFile } from '../api/call.ts'

interface Props {
  path: string
  small?: boolean
  /** When it is another file. */
  label?: string
  testId?: string
}

export function RejectsButton({ path, small, label, testId = 'rejects' }: Props) {
  const { t } = useTranslation()
  const download = useMutation({ mutationFn: () => saveAsFile(path) })
  return (
    <>
      <Button
        size={small ? 'compact-xs' : 'sm'}
        variant={small ? 'subtle' : 'default'}
        leftSection={<IconDownload size={small ? 14 : 16} />}
        loading={download.isPending}
        onClick={() => download.mutate()}
        data-testid={testId}
      >
        {label ?? t('imports.rejects')}
      </Button>
      {download.error && (
        <Alert color="red" p="xs" title={t('imports.rejectsFailed')} role="alert">
          {download.error.message}
        </Alert>
      )}
    </>
  )
}
