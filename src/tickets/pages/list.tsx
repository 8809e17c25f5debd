import type { FC } from 'hono/jsx'
import { LiveList } from '#src/live/mark.tsx'
import { paths } from '#src/paths.ts'
import type { Choices } from '#src/tickets/counts.ts'
import { type Filter, filterParams, isNarrowed, TABS, type Tab } from '#src/tickets/filter.ts'
import { Filters } from '#src/tickets/pages/filters.tsx'
import { lines, Nothing, turn } from '#src/tickets/pages/rows.tsx'
import type { listTickets } from '#src/tickets/queries.ts'
import { ticketScope } from '#src/viewer.ts'
import { Page } from '#src/web/layout.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { PageHead, Pager, Segmented, Tabs } from '#src/web/ui/page.tsx'
import { Table } from '#src/web/ui/table.tsx'
import { usePortalView } from '#src/web/view.ts'

export type ListProps = {
  filter: Filter
  own: boolean
  list: Awaited<ReturnType<typeof listTickets>>
  counts: Record<Tab, number>
  choices: Choices
  bad: string[]
}

export const ListPage: FC<ListProps> = ({ filter, own, list, counts, choices, bad }) => {
  const view = usePortalView()
  const { t, viewer } = view
  const link = (change: Record<string, string | undefined>) => paths.tickets(filterParams(filter, change))
  const scope = ticketScope(viewer)
  const filtered = isNarrowed(filter)
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
      <Filters filter={filter} choices={choices} own={scope === 'own'} />
      {bad.length > 0 && (
        <Notice
          class="mb-4"
          tone="attention"
          icon="triangle-alert"
          title={t('tickets.badFilter', { fields: bad.join(', ') })}
        />
      )}
      <LiveList href={link({})} />
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
        back={
          list.newer ? { href: link({ before: list.newer }), label: t(turn(filter.sort).back) } : undefined
        }
        on={list.older ? { href: link({ after: list.older }), label: t(turn(filter.sort).on) } : undefined}
      />
      <p class="mt-3 text-sm text-muted-foreground">
        {t(scope === 'none' ? 'tickets.why.own' : `tickets.why.${own ? 'own' : scope}`)}
      </p>
    </Page>
  )
}
