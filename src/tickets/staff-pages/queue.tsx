import type { FC } from 'hono/jsx'
import { LiveList } from '#src/live/mark.tsx'
import type { Translate } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { type DeskFilter, isNarrowed, QUEUES, type Queue } from '#src/tickets/desk-filter.ts'
import { mayWrite } from '#src/tickets/desk-policy.ts'
import type { listQueue, QueueChoices, QueueRow } from '#src/tickets/desk-queries.ts'
import { QueueFilters, queueLink } from '#src/tickets/staff-pages/queue-filters.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState, Notice } from '#src/web/ui/feedback.tsx'
import { PageHead, Pager, Tabs } from '#src/web/ui/page.tsx'
import { Table } from '#src/web/ui/table.tsx'
import { TicketTableRow } from '#src/web/ui/ticket-rows.tsx'
import { useStaffView, type View } from '#src/web/view.ts'

export type QueueProps = {
  filter: DeskFilter
  list: Awaited<ReturnType<typeof listQueue>>
  counts: Partial<Record<Queue, number>>
  choices: QueueChoices
  bad: string[]
}

const badges = (row: QueueRow, t: Translate) => {
  const shown: NonNullable<Parameters<typeof TicketTableRow>[0]['badges']> = []
  if (row.priority === 'high') shown.push({ label: t('tickets.priority.high'), tone: 'attention' })
  if (row.priority === 'urgent') shown.push({ label: t('tickets.priority.urgent'), tone: 'danger' })
  if (row.confidential) shown.push({ label: t('tickets.confidential'), icon: 'lock' })
  shown.push({ label: row.assignee ?? t('desk.unassigned'), icon: 'hand' })
  return shown
}

const lines = (rows: QueueRow[], { t, format }: View) =>
  rows.map((row) =>
    TicketTableRow({
      href: paths.staff.ticket(row.id),
      number: row.number,
      subject: row.subject,
      person: row.requester,
      status: row.status,
      statusLabel: t(`desk.status.${row.status}`),
      at: row.updated_at.toISOString(),
      when: format.short(row.updated_at),
      excerpt: [row.company, row.excerpt && `${row.excerpt_by}: ${row.excerpt}`].filter(Boolean).join(' · '),
      badges: badges(row, t),
    }),
  )

const Nothing: FC<{ filter: DeskFilter }> = ({ filter }) => {
  const { t } = useStaffView()
  if (!isNarrowed(filter))
    return <EmptyState icon="inbox" title={t(`desk.empty.${filter.queue}`)} text={t('desk.empty.text')} />
  return (
    <EmptyState
      icon="search"
      title={t('tickets.none.title')}
      text={filter.q ? t('desk.search.hint') : t('tickets.none.text')}
    >
      {filter.queue !== 'all' && (
        <LinkButton variant="outline" href={queueLink(filter, { queue: 'all' })}>
          {t('tickets.none.all')}
        </LinkButton>
      )}
    </EmptyState>
  )
}

const QueueTable: FC<QueueProps> = ({ filter, list }) => {
  const view = useStaffView()
  const { t } = view
  const columns = [t('tickets.column.ticket'), t('tickets.column.status'), t('tickets.column.requester')]
  return (
    <section class="card overflow-clip">
      <Table
        caption={t(`desk.caption.${filter.sort}`)}
        columns={[...columns.map((label) => ({ label })), { label: t('tickets.column.updated'), end: true }]}
      >
        {lines(list.rows, view)}
      </Table>
    </section>
  )
}

export const QueuePage: FC<QueueProps> = (props) => {
  const { filter, list, counts, choices, bad } = props
  const { t, staff } = useStaffView()
  const quiet = filter.sort === 'quiet'
  return (
    <StaffPage title={t('desk.queue')} at="tickets" search={filter.q}>
      <PageHead title={t('desk.queue')}>
        {mayWrite(staff) && (
          <LinkButton icon="plus" href={paths.staff.newTicket()}>
            {t('desk.new')}
          </LinkButton>
        )}
      </PageHead>
      <Tabs
        label={t('desk.queues')}
        items={QUEUES.map((queue) => ({
          href: queueLink(filter, { queue, status: undefined, assignee: undefined }),
          label: t(`desk.queue.${queue}`),
          count: counts[queue],
          tone: queue === 'unassigned' && counts.unassigned ? ('attention' as const) : ('neutral' as const),
          current: filter.queue === queue,
        }))}
      />
      <QueueFilters filter={filter} choices={choices} />
      {bad.length > 0 && (
        <Notice
          class="mb-4"
          tone="attention"
          icon="triangle-alert"
          title={t('tickets.badFilter', { fields: bad.join(', ') })}
        />
      )}
      <LiveList href={queueLink(filter, {})} />
      {list.rows.length === 0 ? (
        <Card>
          <Nothing filter={filter} />
        </Card>
      ) : (
        <QueueTable {...props} />
      )}
      <Pager
        label={t('tickets.pages')}
        back={
          list.newer
            ? {
                href: queueLink(filter, { before: list.newer }),
                label: t(quiet ? 'desk.sooner' : 'tickets.newer'),
              }
            : undefined
        }
        on={
          list.older
            ? {
                href: queueLink(filter, { after: list.older }),
                label: t(quiet ? 'desk.later' : 'tickets.older'),
              }
            : undefined
        }
      />
    </StaffPage>
  )
}
