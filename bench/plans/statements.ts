import { begin, beginStaff, type Db, type Transaction, watchStatements } from '#src/db/scope.ts'
import { navigation } from '#src/home/navigation.ts'
import { permissionsOf } from '#src/permissions.ts'
import { ORDERS, QUEUES } from '#src/tickets/desk-filter.ts'
import { cursorOf, PRIORITIES, SORTS, STATUSES, TABS } from '#src/tickets/filter.ts'
import type { Viewer } from '#src/viewer.ts'
import type { Cast, Deskhand, Person } from '../cast.ts'
import { createQueries, homeQueries, listQueries, queueQueries, ticketQueries } from '../pages.ts'

export type Statement = { text: string; values: readonly unknown[] }
/** One page as one person sees it. */
export type Scene = {
  name: string
  who: string
  open: () => Promise<Transaction>
  work: (db: Db) => Promise<unknown>
}

const viewerOf = (who: Person): Viewer => ({
  kind: 'contact',
  ...who,
  sessionId: who.contactId,
  companyName: '',
  permissions: permissionsOf({ preset: who.preset, permissions: [] }),
})

const lists = (who: Person): Record<string, string>[] => {
  const at = new Date(Date.now() - 90 * 86_400_000)
  const cursor = cursorOf(at, '01990000-0000-7000-8000-000000000000')
  return [
    ...TABS.map((tab) => ({ tab })),
    ...STATUSES.map((status) => ({ tab: 'all', status })),
    ...PRIORITIES.map((priority) => ({ priority })),
    ...SORTS.map((sort) => ({ sort })),
    ...SORTS.map((sort) => ({ sort, tab: 'all', after: cursor })),
    ...SORTS.map((sort) => ({ sort, tab: 'all', before: cursor })),
    { whose: 'mine' },
    { whose: 'mine', tab: 'all' },
    { category: who.categoryId },
    { requester: who.contactId, tab: 'all' },
    { from: at.toISOString().slice(0, 10) },
    { to: at.toISOString().slice(0, 10), tab: 'all' },
    { q: 'certificate', tab: 'all' },
    { q: 'zzzzzz', tab: 'all' },
    { q: '4812', tab: 'all' },
  ]
}

const label = (query: Record<string, string>) =>
  Object.entries(query)
    .map(([name, value]) => (value.length > 20 ? name : `${name}=${value}`))
    .join(' ')

/** Every page as this person sees it, the list with every filter and sort. */
const scenesOf = (title: string, who: Person, ticket: string): Scene[] => {
  const viewer = viewerOf(who)
  const visit = { session: '', slug: who.slug, ticket }
  const scene = (name: string, work: (db: Db, viewer: Viewer) => Promise<unknown>): Scene => ({
    name: `${title}: ${name}`,
    who: who.contactId,
    open: () => begin(viewer, 'write'),
    work: (db) => work(db, viewer),
  })
  return [
    scene('sidebar', navigation),
    scene('home', homeQueries),
    ...lists(who).map((query) => scene(`list ${label(query)}`, listQueries(query))),
    scene('ticket', (db, viewer) => ticketQueries(db, viewer, visit)),
    scene('create', createQueries),
  ]
}

const queues = (desk: Deskhand): Record<string, string>[] => {
  const at = new Date(Date.now() - 90 * 86_400_000)
  const cursor = cursorOf(at, '01990000-0000-7000-8000-000000000000')
  return [
    ...QUEUES.map((queue) => ({ queue })),
    ...STATUSES.map((status) => ({ queue: 'all', status })),
    ...PRIORITIES.flatMap((priority): Record<string, string>[] => [{ priority }, { queue: 'all', priority }]),
    ...ORDERS.flatMap((sort): Record<string, string>[] => [
      { sort },
      { sort, queue: 'all', after: cursor },
      { sort, queue: 'all', before: cursor },
    ]),
    { assignee: desk.staffId },
    { assignee: desk.staffId, queue: 'all' },
    { assignee: 'none', queue: 'all' },
    { company: desk.companyId },
    { company: desk.companyId, queue: 'all' },
    { category: desk.categoryId },
    { category: desk.categoryId, queue: 'all' },
    { company: desk.companyId, category: desk.categoryId, priority: 'urgent', queue: 'all' },
    ...['certificate', 'the', 'a', 'zzzzzz', '4812', '#4812'].map((q) => ({ q })),
    { q: 'the', queue: 'open' },
  ]
}

/** The desk of the tenant with very many tickets: the queue with every filter. */
const deskScenes = (desk: Deskhand): Scene[] =>
  queues(desk).map((query) => ({
    name: `desk: queue ${label(query)}`,
    who: desk.staffId,
    open: () => beginStaff(desk, 'write'),
    work: (db) => queueQueries(query)(db, desk.staffId),
  }))

export const scenes = (cast: Cast): Scene[] => [
  ...deskScenes(cast.deskhand),
  ...scenesOf('company', cast.reader, cast.ticket),
  ...scenesOf('own', cast.user, cast.ticket),
  ...scenesOf('all, largest', cast.largestAdmin, cast.largestTicket),
  ...scenesOf('company, largest', cast.largestManager, cast.largestTicket),
  ...scenesOf('own, largest', cast.largestUser, cast.largestTicket),
]

/** Runs a scene and undoes it: the statements that it sent, with their values. */
export const statementsOf = async ({ open, work }: Scene): Promise<Statement[]> => {
  const sent: Statement[] = []
  const { db, rollback } = await open()
  watchStatements((text, scoped, values) => scoped && sent.push({ text, values }))
  try {
    await work(db)
  } finally {
    watchStatements(undefined)
    await rollback()
  }
  return sent
}
