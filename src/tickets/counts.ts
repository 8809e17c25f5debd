import type { Db } from '#src/db/scope.ts'
import { IN_TAB, type Status, TABS, type Tab } from '#src/tickets/filter.ts'
import { mine } from '#src/tickets/queries.ts'
import type { Viewer } from '#src/viewer.ts'

/** How many tickets each tab holds, before any filter. */
export const countTickets = async (db: Db, viewer: Viewer, own: boolean): Promise<Record<Tab, number>> => {
  let query = db
    .selectFrom('ticket')
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status')
  if (own) query = query.where('ticket.id', 'in', mine(db, viewer))
  const counts = new Map<Status, number>((await query.execute()).map((row) => [row.status, row.count]))
  const sum = (tab: Tab) => IN_TAB[tab].reduce((total, status) => total + (counts.get(status) ?? 0), 0)
  return Object.fromEntries(TABS.map((tab) => [tab, sum(tab)])) as Record<Tab, number>
}

/** What the filters offer: the tenant's categories and the people of the company. */
export const filterChoices = async (db: Db) => {
  const [categories, people] = await Promise.all([
    db
      .selectFrom('category')
      .select(['id', 'name', 'confidential'])
      .where('archived_at', 'is', null)
      .orderBy('position')
      .orderBy('name')
      .execute(),
    db
      .selectFrom('contact')
      .select(['id', 'name', 'role_id', 'disabled_at'])
      .where('archived_at', 'is', null)
      .orderBy('name')
      .limit(500)
      .execute(),
  ])
  return { categories, people }
}

export type Choices = Awaited<ReturnType<typeof filterChoices>>
