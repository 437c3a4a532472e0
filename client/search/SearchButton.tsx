// The way to search, in the top bar.
import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { SearchPanel } from './SearchPanel.tsx'
import { openSearch, useSearchBox } from './search-box.ts'

export function SearchButton() {
  const { t } = useTranslation()
  const open = useSearchBox(box => box.open)
  return (
    <>
      <UnstyledButton
        className="search-button"
        aria-label={t('search.open')}
        title={t('search.shortcut')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={openSearch}
        data-testid="search"
      >
        <IconSearch size={18} aria-hidden="true" />
        <span className="search-words">{t('search.short')}</span>
        <kbd className="search-key">Ctrl K</kbd>
      </UnstyledButton>
      <SearchPanel />
    </>
  )
}
