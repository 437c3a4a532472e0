// What should be known before an edit is made, asked plainly: buildings that a border would run through, pieces apart.
import { Alert, Anchor } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EditWarning } from '../../core/contract/edits.ts'
import type { GridSummary } from '../../core/contract/grids.ts'
import { kindName } from '../app/kind-names.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'

/** Degrees around a building that is looked at, about 100 m. */
const AROUND = 1e-3

function Buildings({ warning }: { warning: EditWarning }) {
  const { t } = useTranslation()
  const { language, lookAt } = usePage()
  const { named, buildings } = warning
  const more = buildings.length - named.length
  return (
    <ul className="warned">
      {named.map(({ id, name, kind, persons, at: [lng, lat] }) => (
        <li key={id}>
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => lookAt([lng - AROUND, lat - AROUND, lng + AROUND, lat + AROUND])}
          >
            {name || (kind ? kindName(kind, language) : t('buildings'))}
          </Anchor>
          <span className="number">{t('countPeople', { n: writeCount(persons, language) })}</span>
        </li>
      ))}
      {more > 0 && <li>{t('border.moreBuildings', { n: more })}</li>}
    </ul>
  )
}

interface Props {
  warnings: readonly EditWarning[]
  grids: readonly GridSummary[]
}

export function Warnings({ warnings, grids }: Props) {
  const { t } = useTranslation()
  if (warnings.length === 0) return null
  const apart = warnings.filter(warning => warning.code === 'would-disconnect')
  const names = apart.map(({ grid }) => grids.find(one => one.id === grid)?.name || t('border.new'))
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t('border.ask')}
      role="alert"
      data-testid="warnings"
    >
      {apart.length > 0 && (
        <div data-testid="would-disconnect">
          {t('border.disconnects', { n: apart.length, names: names.join(t('listComma')) })}
        </div>
      )}
      {warnings.map(
        warning =>
          warning.code === 'cuts-building' && (
            <div key={warning.code} data-testid={warning.code}>
              {t('border.cutsBuildings', { n: warning.buildings.length })}
              <Buildings warning={warning} />
            </div>
          ),
      )}
    </Alert>
  )
}
