import type { FC } from 'hono/jsx'
import type { Translate } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { Filter } from '#src/tickets/filter.ts'
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

/** In place of the rows. */
export const Nothing: FC<{ filtered: boolean; filter: Filter }> = ({ filtered, filter }) => {
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
