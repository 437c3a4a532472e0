// What each column of the file is in the layer that was chosen.
import { Alert, Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Inspection } from '../../core/contract/imports.ts'
import { chooseRole } from './look.ts'

/** An empty role: not used. */
const UNUSED = ''

export function ColumnsStep({ looked }: { looked: Inspection }) {
  const { t } = useTranslation()
  const { columns, roles } = looked
  const taken = new Set(columns.map(({ role }) => role))
  const missing = roles.filter(({ role, required }) => required && !taken.has(role))
  if (columns.length === 0) return <p className="quiet">{t('imports.columns.none')}</p>
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('imports.columns.why')}
      </Text>
      {missing.length > 0 && (
        <Alert color="orange" variant="light" p="xs" data-testid="missing-roles">
          {t('imports.columns.missing', { names: missing.map(({ label }) => label).join(t('listComma')) })}
        </Alert>
      )}
      <ul className="import-columns">
        {columns.map(({ name, role, values }) => (
          <li key={name} data-used={role !== null || undefined} data-testid="import-column">
            <div className="import-column">
              <strong title={name}>{name}</strong>
              <span className="quiet-text" title={values.join(t('listComma'))}>
                {values.length > 0
                  ? t('imports.columns.examples', { values: values.slice(0, 3).join(t('listComma')) })
                  : t('imports.columns.empty')}
              </span>
            </div>
            <Select
              size="xs"
              w={148}
              aria-label={t('imports.columns.use', { name })}
              data={[
                { value: UNUSED, label: t('imports.columns.unused') },
                ...roles.map(({ role: value, label }) => ({ value, label })),
              ]}
              value={role ?? UNUSED}
              allowDeselect={false}
              maxDropdownHeight={320}
              comboboxProps={{ width: 200, position: 'bottom-end' }}
              onChange={value => chooseRole(name, value ?? UNUSED)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
