import type { FC } from 'hono/jsx'
import type { Translate } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { type Filter, filterParams } from '#src/tickets/filter.ts'
import type { TicketRow } from '#src/tickets/queries.ts'
import { can } from '#src/viewer.ts'
import { LinkButton } from '#src/web/ui/button.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { TicketTableRow } from '#src/web/ui/ticket-rows.tsx'
import { usePortalView, type View } from '#src/web/view.ts'

/** Rows are templates: a page of them costs a sixth of what JSX does. */
export const lines = (rows: TicketRow[], { t, format }: View) =>
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

/** What turning the page leads to. */
export const turn = (sort: Filter['sort']) =>
  sort === 'oldest'
    ? ({ back: 'tickets.older', on: 'tickets.newer' } as const)
    : ({ back: 'tickets.newer', on: 'tickets.older' } as const)

/** In place of the rows: where else to look, or what will appear here. */
export const Nothing: FC<{ filtered: boolean; filter: Filter }> = ({ filtered, filter }) => {
  const { t, viewer } = usePortalView()
  const { tab } = filter
  if (filtered)
    return (
      <EmptyState icon="search" title={t('tickets.none.title')} text={t('tickets.none.text')}>
        {tab !== 'all' && (
          <LinkButton
            variant="outline"
            href={paths.tickets(filterParams(filter, { tab: 'all', whose: undefined }))}
          >
            {t('tickets.none.all')}
          </LinkButton>
        )}
        <LinkButton
          variant="outline"
          href={paths.tickets({ tab: tab === 'open' ? undefined : tab, whose: filter.whose })}
        >
          {t('tickets.filter.clear')}
        </LinkButton>
      </EmptyState>
    )
  const create = can(viewer, 'tickets:create')
  const text = tab === 'waiting' || tab === 'closed' ? (`${tab}Text` as const) : create ? 'text' : 'addedText'
  return (
    <EmptyState icon="ticket" title={t(`tickets.empty.${tab}`)} text={t(`tickets.empty.${text}`)}>
      {create && text === 'text' && <LinkButton href={paths.newTicket()}>{t('nav.newTicket')}</LinkButton>}
    </EmptyState>
  )
}
