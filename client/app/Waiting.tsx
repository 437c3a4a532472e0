// Holds the place of something that is on its way, so that nothing jumps when it arrives.
import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export function Waiting({ rows }: { rows: number }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => `row ${row}`).map(key => (
        <Skeleton key={key} height={28} radius="sm" />
      ))}
    </Stack>
  )
}
