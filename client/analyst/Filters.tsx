// Which incidents: by status, source and category, each choice with how many it would show.
import { Checkbox, TextInput } from '@mantine/core'
import { IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { INCIDENT_SOURCES, INCIDENT_STATUSES, type IncidentCategory } from '../../core/contract/incidents.ts'
import { kindName } from '../app/kind-names.ts'
import { writeCount } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { type CategoryRow, checkOf, rowsOf, toggled } from './category-tree.ts'
import { useDesk } from './desk.ts'
import { useFacets, useFilter } from './use-desk.ts'

interface ChipsProps<T extends string> {
  name: string
  all: readonly T[]
  chosen: readonly T[]
  counts: readonly number[] | undefined
  nameOf: (one: T) => string
  onChoose: (chosen: T[]) => void
  testId: string
}

function Chips<T extends string>({ name, all, chosen, counts, nameOf, onChoose, testId }: ChipsProps<T>) {
  const language = usePage(state => state.language)
  const turn = (one: T) =>
    onChoose(chosen.includes(one) ? chosen.filter(other => other !== one) : [...chosen, one])
  return (
    <fieldset className="chips">
      <legend className="quiet-text">{name}</legend>
      {all.map((one, index) => (
        <button
          key={one}
          type="button"
          className="chip-button"
          aria-pressed={chosen.includes(one)}
          onClick={() => turn(one)}
          data-testid={`${testId}-${one}`}
        >
          {nameOf(one)}
          <span className="count">{counts ? writeCount(counts[index] ?? 0, language) : ''}</span>
        </button>
      ))}
    </fieldset>
  )
}

interface CategoryProps {
  row: CategoryRow
  count: number | undefined
  isOpen: boolean
  onOpen: () => void
}

function CategoryLine({ row, count, isOpen, onOpen }: CategoryProps) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const chosen = usePage(state => state.analysis.categories)
  const analyse = usePage(state => state.analyse)
  const all = useDesk(state => state.held?.head.categories ?? NONE)
  const { category, depth, isParent } = row
  const name = category.name[language]
  const check = checkOf(all, chosen, category.category)
  return (
    <li className="category" style={{ paddingInlineStart: depth * 18 }}>
      {isParent ? (
        <button
          type="button"
          className="twisty"
          data-expanded={isOpen}
          aria-expanded={isOpen}
          aria-label={t(isOpen ? 'analyst.filter.shut' : 'analyst.filter.open', { name })}
          onClick={onOpen}
        >
          <IconChevronRight size={14} />
        </button>
      ) : (
        <span className="twisty" />
      )}
      <Checkbox
        size="xs"
        className="grow"
        label={name}
        checked={check === 'yes'}
        indeterminate={check === 'part'}
        onChange={() => analyse({ categories: toggled(all, chosen, category.category) })}
        data-testid={`category-${category.category}`}
      />
      <span className="number quiet-text">{count === undefined ? '' : writeCount(count, language)}</span>
    </li>
  )
}

const NONE: readonly IncidentCategory[] = []

function Categories({ counts }: { counts: readonly number[] | undefined }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const all = useDesk(state => state.held?.head.categories ?? NONE)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [search, setSearch] = useState('')
  const rows = useMemo(
    () => rowsOf(all, open, search, one => one.name[language]),
    [all, open, search, language],
  )
  const turn = (category: string) =>
    setOpen(now =>
      now.has(category) ? new Set([...now].filter(one => one !== category)) : new Set([...now, category]),
    )
  const trees = ['social', 'city'] as const
  return (
    <fieldset className="categories">
      <legend className="quiet-text">{t('analyst.filter.categories')}</legend>
      <TextInput
        size="xs"
        placeholder={t('analyst.filter.find')}
        aria-label={t('analyst.filter.find')}
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={event => setSearch(event.currentTarget.value)}
        data-testid="find-category"
      />
      {trees.map(tree => {
        const its = rows.filter(row => row.category.tree === tree)
        return (
          its.length > 0 && (
            <div key={tree}>
              <p className="tree-title quiet-text">{t(`analyst.filter.${tree}`)}</p>
              <ul className="category-list">
                {its.map(row => (
                  <CategoryLine
                    key={row.category.category}
                    row={row}
                    count={counts?.[row.index]}
                    isOpen={search.trim() !== '' || open.has(row.category.category)}
                    onOpen={() => turn(row.category.category)}
                  />
                ))}
              </ul>
            </div>
          )
        )
      })}
      {rows.length === 0 && all.length > 0 && <p className="quiet">{t('analyst.filter.nothing')}</p>}
    </fieldset>
  )
}

export function Filters() {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const analyse = usePage(state => state.analyse)
  const { categories, statuses, sources, block } = useFilter()
  const facets = useFacets()
  const isFiltered = categories.length + statuses.length + sources.length > 0 || block !== null
  return (
    <section className="part filters" aria-label={t('analyst.filter.title')}>
      <header className="part-head">
        <h2>{t('analyst.filter.title')}</h2>
        {isFiltered && (
          <button
            type="button"
            className="text-button"
            onClick={() => analyse({ categories: [], statuses: [], sources: [], block: null })}
            data-testid="clear-filters"
          >
            {t('analyst.filter.clear')}
          </button>
        )}
      </header>
      <Chips
        name={t('analyst.filter.status')}
        all={INCIDENT_STATUSES}
        chosen={statuses}
        counts={facets?.statuses}
        nameOf={one => kindName(one, language)}
        onChoose={chosen => analyse({ statuses: chosen })}
        testId="status"
      />
      <Chips
        name={t('analyst.filter.source')}
        all={INCIDENT_SOURCES}
        chosen={sources}
        counts={facets?.sources}
        nameOf={one => kindName(one, language, 'source')}
        onChoose={chosen => analyse({ sources: chosen })}
        testId="source"
      />
      <Categories counts={facets?.categories} />
    </section>
  )
}
