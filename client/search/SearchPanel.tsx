// Search: one box, results by kind with what tells them apart, arrow keys and Enter. What is typed is kept nowhere.
import { Loader, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconAlertCircle,
  IconBuilding,
  IconBuildingStore,
  IconGridDots,
  IconHome,
  IconMap,
  IconMapPin,
  IconSearch,
  IconUser,
} from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchKind, SearchReply, SearchResult } from '../../core/contract/search.ts'
import { get } from '../api/call.ts'
import { kindName } from '../app/kind-names.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { groupResults, stepIndex } from './group-results.ts'
import { closeSearch, goTo, isNowhere, useSearchBox } from './search-box.ts'

const MOST = 20
const PAUSE_MS = 150
const LIST = 'search-results'
const idOf = (index: number) => `search-result-${index}`

const ICONS: Record<SearchKind, ReactNode> = {
  grid: <IconGridDots size={16} />,
  area: <IconMap size={16} />,
  address: <IconHome size={16} />,
  building: <IconBuilding size={16} />,
  facility: <IconMapPin size={16} />,
  organisation: <IconBuildingStore size={16} />,
  staff: <IconUser size={16} />,
  incident: <IconAlertCircle size={16} />,
}
/** Their context is the name of a kind. */
const OF_KIND: readonly SearchKind[] = ['building', 'facility', 'organisation']

function useSearch(q: string) {
  const plan = usePage(state => state.plan)
  const language = usePage(state => state.language)
  const query = new URLSearchParams({ q, limit: String(MOST), ...(plan && { plan }) })
  return useQuery({
    queryKey: ['search', q, plan, language],
    queryFn: ({ signal }) => get<SearchReply>(`/api/search?${query}`, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
}

function Result({ result, index, active }: { result: SearchResult; index: number; active: boolean }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { kind, name, context } = result
  const parts = context
    .split(' · ')
    .map(part => kindName(part, language, kind === 'staff' ? 'role' : undefined))
  const written = OF_KIND.includes(kind) || kind === 'staff' ? parts.join(' · ') : context
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of a list box are those of its input.
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option.
    <div
      id={idOf(index)}
      role="option"
      aria-selected={active}
      className="search-result"
      onClick={() => {
        goTo(result)
        closeSearch()
      }}
      data-testid="search-result"
      data-kind={kind}
    >
      <span className="search-icon" aria-hidden="true">
        {ICONS[kind]}
      </span>
      <span className="search-name">{name || context}</span>
      <span className="search-context">{isNowhere(result) ? t('search.noPlace') : written}</span>
    </div>
  )
}

function SearchBody() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), PAUSE_MS)
  const [active, setActive] = useState(0)
  const found = useSearch(q)
  const results = q === '' ? [] : (found.data?.results ?? [])
  const groups = groupResults(results)
  const order = groups.flatMap(group => group.results)
  const list = useRef<HTMLDivElement>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: other results begin at the first of them.
  useEffect(() => setActive(0), [found.data])
  useEffect(() => {
    list.current?.querySelector(`#${idOf(active)}`)?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    if (by) {
      event.preventDefault()
      setActive(index => stepIndex(index, by, order.length))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      const chosen = order[active]?.result
      // What is still being looked for is not what was typed before.
      if (!chosen || text.trim() !== found.data?.q) return
      goTo(chosen)
      closeSearch()
    }
  }
  const nothing = q !== '' && found.data?.q === q && results.length === 0
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        role="combobox"
        aria-expanded={order.length > 0}
        aria-controls={LIST}
        aria-activedescendant={order[active] && idOf(active)}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={18} />}
        rightSection={found.isFetching && <Loader size={16} aria-label={t('search.searching')} />}
        data-testid="search-input"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <div className="search-list" ref={list} tabIndex={0}>
        {found.error && q !== '' && (
          <Trouble title={t('search.failed')} onRetry={() => void found.refetch()}>
            {found.error.message}
          </Trouble>
        )}
        {text.trim() === '' && <p className="quiet">{t('search.hint')}</p>}
        {nothing && (
          <p className="quiet" data-testid="search-nothing">
            {t('search.nothing', { q })}
          </p>
        )}
        <div id={LIST} role="listbox" aria-label={t('search.open')}>
          {groups.map(({ kind, results: of }) => (
            // biome-ignore lint/a11y/useSemanticElements: groups of a list box are no form fields.
            <div key={kind} role="group" aria-label={t(`search.kind.${kind}`)}>
              <div className="search-kind" aria-hidden="true">
                {t(`search.kind.${kind}`)}
              </div>
              {of.map(({ result, index }) => (
                <Result
                  key={`${result.plan} ${result.id}`}
                  result={result}
                  index={index}
                  active={index === active}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <div className="search-foot" role="status">
        {results.length > 0 && (
          <span>
            {results.length < MOST
              ? t('search.found', { n: results.length })
              : t('search.most', { n: results.length })}
          </span>
        )}
        <span className="search-keys">{t('search.keys')}</span>
      </div>
    </>
  )
}

export function SearchPanel() {
  const { t } = useTranslation()
  const open = useSearchBox(box => box.open)
  return (
    <Modal
      opened={open}
      onClose={closeSearch}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="8dvh"
      radius="md"
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('search.open') } }}
      classNames={{ content: 'search-panel', body: 'search-body' }}
    >
      <SearchBody />
    </Modal>
  )
}
