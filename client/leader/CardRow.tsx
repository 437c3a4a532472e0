// One number of the card with what it counts; its place is there before the number is.
import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'

interface Props {
  name: string
  /** undefined: on its way */
  value: number | ReactNode | undefined
  testId?: string
}

export function CardRow({ name, value, testId }: Props) {
  const language = usePage(state => state.language)
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId}>
        {value === undefined && <Skeleton width={64} height={14} my={4} />}
        {typeof value === 'number' ? writeCount(value, language) : value}
      </dd>
    </div>
  )
}
