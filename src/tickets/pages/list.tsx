import type { FC } from 'hono/jsx'
import type { Translate } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { type Filter, filterParams, TABS, type Tab } from '#src/tickets/filter.ts'
import { Filters } from '#src/tickets/pages/filters.tsx'
import type { Choices, listTickets, TicketRow } from '#src/tickets/queries.ts'
import { can, ticketScope } from '#src/viewer.ts'
import { Page } from '#src/web/layout.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState, Notice } from '#src/web/ui/feedback.tsx'
import { PageHead, Pager, Segmented, Tabs } from '#src/web/ui/page.tsx'
import { Table } from '#src/web/ui/table.tsx'
import { TicketTableRow } from '#src/web/ui/ticket-rows.tsx'
import { usePortalView, type View } from '#src/web/view.ts'

export type ListProps = {
  filter: Filter
  own: boolean
  list: Awaited<ReturnType<typeof listTickets>>
  counts: Record<Tab, number>
  choices: Choices
  bad: string[]
}

/** Rows are templates: a page of them costs a sixth of what JSX does. */
const lines = (rows: TicketRow[], { t, format }: View) =>
  rows.map((row) =>
    TicketTableRow({
      href: paths.ticket(row.id),
      number: row.number,
      subject: row.subject,
      person: row.requester,
      status: row.status,
      statusLabel: t(`tickets.status.${row.status}`),
      at: row.updated_at.toISOString(),
      when: format.short(row.updated_at),
      unread: row.unread ? t('tickets.unread') : undefined,
      excerpt: row.excerpt && `${row.excerpt_by}: ${row.excerpt}`,
      badges: badges(row, t),
    }),
  )

const badges = (row: TicketRow, t: Translate) => {
  const shown: NonNullable<Parameters<typeof TicketTableRow>[0]['badges']> = []
  if (row.priority === 'high') shown.push({ label: t('tickets.priority.high'), tone: 'attention' })
  if (row.priority === 'urgent') shown.push({ label: t('tickets.priority.urgent'), tone: 'danger' })
  if (row.confidential) shown.push({ label: t('tickets.confidential'), icon: 'lock' })
  return shown
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
      {can(viewer, 'tickets:create') && (
        <LinkButton href={paths.newTicket()}>{t('nav.newTicket')}</LinkButton>
      )}
    </EmptyState>
  )
}

export const ListPage: FC<ListProps> = ({ filter, own, list, counts, choices, bad }) => {
  const view = usePortalView()
  const { t, viewer } = view
  const link = (change: Record<string, string | undefined>) => paths.tickets(filterParams(filter, change))
  const scope = ticketScope(viewer)
  const filtered = Boolean(
    filter.q ||
      filter.status ||
      filter.priority ||
      filter.category ||
      filter.requester ||
      filter.from ||
      filter.to,
  )
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
      {bad.length > 0 && (
        <Notice
          class="mb-4"
          tone="attention"
          icon="triangle-alert"
          title={t('tickets.badFilter', { fields: bad.join(', ') })}
        />
      )}
      {list.rows.length === 0 ? (
        <Card>
          <Nothing filtered={filtered} filter={filter} />
        </Card>
      ) : (
        <section class="card overflow-clip">
          <Table
            caption={t(`tickets.caption.${filter.sort}`)}
            columns={[
              ...columns.map((label) => ({ label })),
              { label: t('tickets.column.updated'), end: true },
            ]}
          >
            {lines(list.rows, view)}
          </Table>
        </section>
      )}
      <Pager
        label={t('tickets.pages')}
        newer={list.newer ? { href: link({ before: list.newer }), label: t('tickets.newer') } : undefined}
        older={list.older ? { href: link({ after: list.older }), label: t('tickets.older') } : undefined}
      />
      <p class="mt-3 text-sm text-muted-foreground">
        {t(scope === 'none' ? 'tickets.why.own' : `tickets.why.${own ? 'own' : scope}`)}
      </p>
    </Page>
  )
}
