// Something did not work: what, why, and what to do next, in the panel where it happened.
import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  title: string
  children: ReactNode
  onRetry?: (() => void) | undefined
  retryLabel?: string
  testId?: string
}

export function Trouble({ title, children, onRetry, retryLabel, testId }: Props) {
  const { t } = useTranslation()
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      title={title}
      icon={<IconAlertTriangle size={18} />}
      p="sm"
      data-testid={testId}
    >
      {children}
      {onRetry && (
        <Button mt="xs" size="compact-sm" color="red" variant="light" onClick={onRetry}>
          {retryLabel ?? t('retry')}
        </Button>
      )}
    </Alert>
  )
}
