// The mark on every number of people that was spread from a total and not counted.
import { Badge, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export function Synthetic({ shown }: { shown: boolean | undefined }) {
  const { t } = useTranslation()
  if (!shown) return null
  return (
    <Tooltip label={t('syntheticWhy')} multiline maw={260}>
      <Badge
        className="synthetic"
        variant="light"
        color="gray"
        size="md"
        radius="sm"
        tt="none"
        fw={500}
        tabIndex={0}
      >
        {t('synthetic')}
      </Badge>
    </Tooltip>
  )
}
