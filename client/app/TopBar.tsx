// The bar at the top: name, panel switch, language, light or dark.
import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core'
import {
  IconLanguage,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconMoon,
  IconSun,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ImportButton } from '../imports/ImportButton.tsx'
import { SearchButton } from '../search/SearchButton.tsx'
import { DemoMark } from './DemoMark.tsx'
import { usePage } from './state.ts'
import { WorkSwitch } from './WorkSwitch.tsx'

export function TopBar({ dockOpen, onDock }: { dockOpen: boolean; onDock: () => void }) {
  const { t } = useTranslation()
  const { theme, language, set } = usePage()
  const dockLabel = t(dockOpen ? 'top.hidePanel' : 'top.showPanel')
  const themeLabel = t(theme === 'light' ? 'top.dark' : 'top.light')
  return (
    <header className="top">
      <Group gap={8} wrap="nowrap">
        <Tooltip label={dockLabel}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={dockLabel}
            aria-expanded={dockOpen}
            onClick={onDock}
            data-testid="toggle-dock"
          >
            {dockOpen ? (
              <IconLayoutSidebarLeftCollapse size={20} />
            ) : (
              <IconLayoutSidebarLeftExpand size={20} />
            )}
          </ActionIcon>
        </Tooltip>
        <img src="/mark.svg" width={24} height={24} alt="" />
        <Text component="h1" className="product" fw={700} size="lg" lh={1}>
          {t('product')}
        </Text>
        <Text c="dimmed" size="sm" lh={1} visibleFrom="xs" className="tagline">
          {t('tagline')}
        </Text>
      </Group>
      <WorkSwitch />
      <Group gap={4} wrap="nowrap" justify="end">
        <SearchButton />
        <ImportButton />
        <DemoMark />
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<IconLanguage size={18} />}
          aria-label={t('top.languageLabel')}
          onClick={() => set({ language: language === 'zh' ? 'en' : 'zh' })}
          data-testid="language"
        >
          <span className="language-name">{t('top.language')}</span>
        </Button>
        <Tooltip label={themeLabel}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={themeLabel}
            onClick={() => set({ theme: theme === 'light' ? 'dark' : 'light' })}
            data-testid="theme"
          >
            {theme === 'light' ? <IconMoon size={20} /> : <IconSun size={20} />}
          </ActionIcon>
        </Tooltip>
      </Group>
    </header>
  )
}
