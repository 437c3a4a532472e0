// What the keys do while something is drawn.
import { Kbd } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const CAPS = { back: '⌫', finish: '↵', cancel: 'Esc', free: 'Alt', remove: 'Del' } as const

export function Keys({ of }: { of: readonly (keyof typeof CAPS)[] }) {
  const { t } = useTranslation()
  return (
    <ul className="keys">
      {of.map(key => (
        <li key={key}>
          <Kbd>{CAPS[key]}</Kbd> {t(`cut.keys.${key}`)}
        </li>
      ))}
    </ul>
  )
}
