// Of the card: who has a post here, whether that is who there must be, and who is responsible upward.
import { Alert, Anchor, Badge, Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridCard, GridStaff } from '../../core/contract/grids.ts'
import type { StaffPost, StaffRule } from '../../core/contract/staff.ts'
import { get } from '../api/call.ts'
import { kindName } from '../app/kind-names.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'

/** So many posts below are written at once. */
const STEP = 50

function Rule({ rule }: { rule: StaffRule }) {
  const { t } = useTranslation()
  const needs = rule.missing.map(need => t(`card.need.${need}`)).join(t('listComma'))
  return (
    <Alert
      className="card-rule"
      variant="light"
      p="xs"
      color={rule.complete ? 'teal' : 'orange'}
      icon={rule.complete ? <IconCircleCheck size={18} /> : <IconAlertTriangle size={18} />}
      data-testid="card-rule"
      data-complete={rule.complete}
    >
      <strong>
        {t(`card.rule.${rule.kind}`)}{' '}
        {rule.complete ? t('card.ruleComplete') : t('card.ruleLacks', { needs })}
      </strong>
      <br />
      <span className="quiet-text">
        {t('card.ruleCounts', { heads: rule.heads, workers: rule.workers, others: rule.others })}
      </span>
    </Alert>
  )
}

function Post({ post, aside }: { post: StaffPost; aside?: ReactNode }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { name, phone, force, forceKind, team, partyMember, body } = post.staff
  const what = [kindName(force, language), forceKind, team, body].filter(Boolean).join(' · ')
  return (
    <li className="post" data-testid="post">
      <div className="post-who">
        <Badge variant="light" radius="sm" tt="none" color="gray">
          {kindName(post.role, language, 'role')}
        </Badge>
        <strong>{name}</strong>
        {partyMember && <span className="quiet-text">{t('card.party')}</span>}
        {phone ? (
          <Anchor
            className="post-phone number"
            href={`tel:${phone}`}
            aria-label={t('card.call', { name })}
            size="sm"
          >
            <IconPhone size={13} aria-hidden="true" /> {phone}
          </Anchor>
        ) : (
          <span className="post-phone quiet-text">{t('card.noPhone')}</span>
        )}
      </div>
      <div className="quiet-text">
        {what}
        {aside}
      </div>
    </li>
  )
}

function Below({ card }: { card: GridCard }) {
  const { t } = useTranslation()
  const chooseGrid = usePage(state => state.chooseGrid)
  const [shown, setShown] = useState(0)
  const { id, plan, revision } = card
  const staff = useQuery({
    queryKey: ['staff', plan, id, revision],
    queryFn: ({ signal }) => get<GridStaff>(`/api/grids/${id}/staff?plan=${plan}`, signal),
    enabled: shown > 0,
  })
  const posts = staff.data?.posts.filter(post => post.grid.id !== id) ?? []
  const { posts: all, people } = card.staff.below
  return (
    <section>
      <p className="quiet-text" data-testid="card-below">
        {t('card.below', { posts: all, people })}
      </p>
      {shown === 0 && all > card.staff.posts.length && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => setShown(STEP)}
          data-testid="card-list-below"
        >
          {t('card.showBelow')}
        </Button>
      )}
      {staff.error && (
        <Trouble title={t('card.failed')} onRetry={() => void staff.refetch()}>
          {staff.error.message}
        </Trouble>
      )}
      <ul className="posts">
        {posts.slice(0, shown).map(post => (
          <Post
            key={post.id}
            post={post}
            aside={
              <>
                {' · '}
                <button type="button" className="path-step" onClick={() => chooseGrid(post.grid.id)}>
                  {post.grid.name || post.grid.code}
                </button>
              </>
            }
          />
        ))}
      </ul>
      {shown > 0 && posts.length > shown && (
        <Button size="compact-sm" variant="default" onClick={() => setShown(shown + STEP)}>
          {t('card.more')}
        </Button>
      )}
    </section>
  )
}

function ResponsibleUpward({ card }: { card: GridCard }) {
  const { t } = useTranslation()
  const chooseGrid = usePage(state => state.chooseGrid)
  return (
    <section>
      <h3>
        {t('card.chain')} <span className="aside">{t('card.chainWhy')}</span>
      </h3>
      <ol className="chain">
        {card.chain.map(({ kind, id, name, posts }) => (
          <li key={`${kind} ${id}`} data-testid="chain">
            <div className="chain-step">
              {kind === 'grid' && id !== card.id ? (
                <button type="button" className="path-step" onClick={() => chooseGrid(id)}>
                  {name}
                </button>
              ) : (
                name
              )}{' '}
              <span className="quiet-text">{t(`card.chainKind.${kind}`)}</span>
            </div>
            {posts.length === 0 ? (
              <p className="quiet-text">{t('card.nobody')}</p>
            ) : (
              <ul className="posts">
                {posts.map(post => (
                  <Post key={post.id} post={post} />
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

export function CardStaff({ card }: { card: GridCard | undefined }) {
  const { t } = useTranslation()
  if (!card) return <Skeleton height={260} mt="sm" />
  const { posts, rule } = card.staff
  return (
    <>
      {rule ? <Rule rule={rule} /> : <p className="quiet-text">{t('card.noRule')}</p>}
      <section>
        <h3>
          {t('card.posts')} <span className="count">{posts.length}</span>
          <span className="aside">{t('card.asOf', { on: card.on })}</span>
        </h3>
        {posts.length === 0 && <p className="quiet-text">{t('card.noPosts')}</p>}
        <ul className="posts" data-testid="card-posts">
          {posts.map(post => (
            <Post key={post.id} post={post} />
          ))}
        </ul>
      </section>
      <Below key={card.id} card={card} />
      <ResponsibleUpward card={card} />
    </>
  )
}
