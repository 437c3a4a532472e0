// One question of the wizard: what is asked, the control, and in quiet words how it was decided and why it matters.
import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  children: ReactNode
  /** How it was decided. */
  how?: string | undefined
  why: string
  /** An answer is needed. */
  open?: boolean
  testId?: string
}

export function Asked({ children, how, why, open, testId }: Props) {
  return (
    <div className="import-asked" data-open={open || undefined}>
      {children}
      {how && (
        <Text size="xs" data-testid={testId}>
          {how}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {why}
      </Text>
    </div>
  )
}
