import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { type Filter, filterParams, TABS, type Tab } from '#src/tickets/filter.ts'
import { Filters } from '#src/tickets/pages/filters.tsx'
import type { Choices, listTickets, TicketRow } from '#src/tickets/queries.ts'
import { can, ticketScope } from '#src/viewer.ts'
import { Page } from '#src/web/layout.tsx'
import { Badge, Dot } from '#src/web/ui/badge.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Card, Time } from '#src/web/ui/content.tsx'
import { EmptyState, Notice } from '#src/web/ui/feedback.tsx'
import { PageHead, Pager, Segmented, Tabs } from '#src/web/ui/page.tsx'
import { Avatar } from '#src/web/ui/people.tsx'
import { Status } from '#src/web/ui/status.tsx'
import { Cell, Row, Table } from '#src/web/ui/table.tsx'
import { usePortalView } from '#src/web/view.ts'

export type ListProps = {
  filter: Filter
  own: boolean
  list: Awaited<ReturnType<typeof listTickets>>
  counts: Record<Tab, number>
  choices: Choices
  bad: string[]
}

const TicketLine: FC<{ row: TicketRow }> = ({ row }) => {
  const { t, format } = usePortalView()
  return (
    <Row>
      <Cell phone="full" main>
        <p class="flex min-w-0 items-center gap-2">
          <a class={`cover md:clip ${row.unread ? 'font-semibold' : 'font-medium'}`} href={paths.ticket(row.id)}>
            {row.subject}
          </a>
          {row.unread && <Dot label={t('tickets.unread')} />}
          {row.priority === 'high' && <Badge tone="attention">{t('tickets.priority.high')}</Badge>}
          {row.priority === 'urgent' && <Badge tone="danger">{t('tickets.priority.urgent')}</Badge>}
          {row.confidential && <Badge icon="lock">{t('tickets.confidential')}</Badge>}
        </p>
        <p class="row-meta clip">
          <span class="num text-faint">#{row.number}</span>
          {row.excerpt && ` · ${row.excerpt_by}: ${row.excerpt}`}
        </p>
      </Cell>
      <Cell>
        <Status status={row.status} label={t(`tickets.status.${row.status}`)} />
      </Cell>
      <Cell phone="hide">
        <span class="flex items-center gap-2 whitespace-nowrap text-sm">
          <Avatar name={row.requester} size="sm" />
          {row.requester}
        </span>
      </Cell>
      <Cell phone="end" end>
        <Time class="num whitespace-nowrap text-sm text-muted-foreground" at={row.updated_at.toISOString()} text={format.short(row.updated_at)} />
      </Cell>
    </Row>
  )
}

const Nothing: FC<{ filtered: boolean; filter: Filter }> = ({ filtered, filter }) => {
  const { t, viewer } = usePortalView()
  if (filtered)
    return (
      <EmptyState icon="search" title={t('tickets.none.title')} text={t('tickets.none.text')}>
        <LinkButton variant="outline" href={paths.tickets({ tab: filter.tab, whose: filter.whose })}>
          {t('tickets.filter.clear')}
        </LinkButton>
      </EmptyState>
    )
  return (
    <EmptyState icon="ticket" title={t('tickets.empty.title')} text={t('tickets.empty.text')}>
      {can(viewer, 'tickets:create') && <LinkButton href={paths.newTicket()}>{t('nav.newTicket')}</LinkButton>}
    </EmptyState>
  )
}

export const ListPage: FC<ListProps> = ({ filter, own, list, counts, choices, bad }) => {
  const { t, viewer } = usePortalView()
  const link = (change: Record<string, string | undefined>) => paths.tickets(filterParams(filter, change))
  const scope = ticketScope(viewer)
  const filtered = Boolean(filter.q || filter.status || filter.priority || filter.category || filter.requester || filter.from || filter.to)
  const columns = [t('tickets.column.ticket'), t('tickets.column.status'), t('tickets.column.requester')]
  return (
    <Page title={t('tickets.title')} at="tickets" search={filter.q}>
      <PageHead title={t('tickets.title')}>
        {scope !== 'own' && (
          <Segmented
            label={t('tickets.scope')}
            items={[
              { href: link({ whose: 'mine' }), label: t('tickets.scope.mine'), current: own },
              { href: link({ whose: undefined }), label: t('tickets.scope.company'), current: !own },
            ]}
          />
        )}
      </PageHead>
      <Tabs
        label={t('tickets.tabs')}
        items={TABS.map((tab) => ({
          href: link({ tab: tab === 'open' ? undefined : tab, status: undefined }),
          label: t(`tickets.tab.${tab}`),
          count: counts[tab],
          tone: tab === 'waiting' && counts.waiting > 0 ? 'attention' : 'neutral',
          current: filter.tab === tab,
        }))}
      />
      <Filters filter={filter} choices={choices} />
      {bad.length > 0 && <Notice class="mb-4" tone="attention" icon="triangle-alert" title={t('tickets.badFilter', { fields: bad.join(', ') })} />}
      {list.rows.length === 0 ? (
        <Card>
          <Nothing filtered={filtered} filter={filter} />
        </Card>
      ) : (
        <section class="card overflow-clip">
          <Table
            caption={t(`tickets.caption.${filter.sort}`)}
            columns={[...columns.map((label) => ({ label })), { label: t('tickets.column.updated'), end: true }]}
          >
            {list.rows.map((row) => (
              <TicketLine row={row} />
            ))}
          </Table>
        </section>
      )}
      <Pager
        label={t('tickets.pages')}
        newer={list.newer ? { href: link({ before: list.newer }), label: t('tickets.newer') } : undefined}
        older={list.older ? { href: link({ after: list.older }), label: t('tickets.older') } : undefined}
      />
      <p class="mt-3 text-sm text-muted-foreground">{t(scope === 'none' ? 'tickets.why.own' : `tickets.why.${own ? 'own' : scope}`)}</p>
    </Page>
  )
}
