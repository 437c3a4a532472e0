// When the page itself fails: say so, and offer to load it again.
import { Button, Center, Stack, Text, Title } from '@mantine/core'
import i18next from 'i18next'
import { Component, type ErrorInfo, type ReactNode } from 'react'

export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('The page failed:', error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <Center h="100dvh" p="lg">
        <Stack align="center" gap="sm" maw={480} ta="center">
          <Title order={2}>{i18next.t('failed.page')}</Title>
          <Text c="dimmed">{i18next.t('failed.pageWhy')}</Text>
          <Text size="xs" c="dimmed" ff="monospace">
            {error.message}
          </Text>
          <Button onClick={() => location.reload()}>{i18next.t('failed.reload')}</Button>
        </Stack>
      </Center>
    )
  }
}
