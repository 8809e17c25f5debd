import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Colleague, ColleagueFilter, listColleagues } from '#src/people/colleagues.ts'
import { can } from '#src/viewer.ts'
import { Page } from '#src/web/layout.tsx'
import { Badge, type Tone } from '#src/web/ui/badge.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { PageHead, Pager } from '#src/web/ui/page.tsx'
import { Cell, Row, Table } from '#src/web/ui/table.tsx'
import { usePortalView } from '#src/web/view.ts'

type Props = { filter: ColleagueFilter; list: Awaited<ReturnType<typeof listColleagues>> }

const TONES: Record<Colleague['state'], Tone> = {
  none: 'neutral',
  invited: 'attention',
  active: 'success',
  disabled: 'danger',
}

export const StateBadge: FC<{ state: Colleague['state'] }> = ({ state }) => {
  const { t } = usePortalView()
  return <Badge tone={TONES[state]}>{t(`access.state.${state}`)}</Badge>
}

const Line: FC<{ person: Colleague }> = ({ person }) => {
  const { t, viewer, format } = usePortalView()
  const { last_sign_in_at: last } = person
  return (
    <Row>
      <Cell phone="full" class="main">
        <a class="cover block truncate font-medium" href={paths.colleague(person.id)} dir="auto">
          {person.name}
        </a>
        <span class="row-meta sep block truncate" dir="auto">
          {person.id === viewer.contactId && <span>{t('access.people.you')}</span>}
          {person.email && <span>{person.email}</span>}
          {person.title && <span>{person.title}</span>}
        </span>
      </Cell>
      <Cell>{person.role ?? t('access.noRole')}</Cell>
      <Cell class="num" phone="hide">
        {last ? format.short(last) : t('access.never')}
      </Cell>
      <Cell class="end" phone="end">
        <StateBadge state={person.state} />
      </Cell>
    </Row>
  )
}

const Search: FC<{ q?: string | undefined }> = ({ q }) => {
  const { t } = usePortalView()
  return (
    <auto-filter>
      <form method="get" action={paths.people()} class="filters">
        <search>
          <div class="with-icon">
            <Icon name="search" />
            <input
              class="input"
              type="search"
              name="q"
              value={q}
              maxlength={200}
              aria-label={t('access.people.search')}
              placeholder={t('access.people.search')}
            />
          </div>
        </search>
        <div>
          <Button variant="outline" class="apply">
            {t('form.apply')}
          </Button>
        </div>
      </form>
    </auto-filter>
  )
}

/** Who is at the viewer's company, and how each comes in. */
export const ColleaguesPage: FC<Props> = ({ filter, list }) => {
  const { t, viewer } = usePortalView()
  const link = (change: Record<string, string | undefined>) => paths.people({ q: filter.q, ...change })
  const columns = [
    { label: t('access.column.person') },
    { label: t('access.column.role') },
    { label: t('access.column.last') },
    { label: t('access.column.state'), end: true },
  ]
  return (
    <Page title={t('access.people')} at="people">
      <PageHead title={t('access.people')} sub={t('access.people.lede', { company: viewer.companyName })}>
        {can(viewer, 'people:manage') && (
          <LinkButton href={paths.newColleague()} icon="user-plus">
            {t('access.invite')}
          </LinkButton>
        )}
      </PageHead>
      <Search q={filter.q} />
      {list.rows.length === 0 ? (
        <Card>
          <EmptyState icon="search" title={t('access.people.none')} text={t('access.people.noneText')} />
        </Card>
      ) : (
        <section class="card overflow-clip">
          <Table caption={t('access.people.caption')} columns={columns}>
            {list.rows.map((person) => (
              <Line person={person} />
            ))}
          </Table>
        </section>
      )}
      <Pager
        label={t('access.people.pages')}
        back={list.back ? { href: link({ before: list.back }), label: t('access.people.back') } : undefined}
        on={list.on ? { href: link({ after: list.on }), label: t('access.people.on') } : undefined}
      />
    </Page>
  )
}
