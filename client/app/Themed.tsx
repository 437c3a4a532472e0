// Light or dark for panels and controls, in step with the state; notifications live here too.
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { type ReactNode, useEffect } from 'react'
import { usePage } from './state.ts'
import { theme } from './theme.ts'

export function Themed({ children }: { children: ReactNode }) {
  const scheme = usePage(state => state.theme)
  useEffect(
    () =>
      usePage.subscribe((now, before) => {
        if (now.theme !== before.theme) localStorage.setItem('huage.theme', now.theme)
      }),
    [],
  )
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <Notifications position="top-center" limit={3} containerWidth={400} />
      {children}
    </MantineProvider>
  )
}
