import { randomUUID } from 'node:crypto'
import { currentAnnouncements } from '#src/announcements/queries.ts'
import { begin, beginStaff, type Db } from '#src/db/scope.ts'
import { navigation } from '#src/home/navigation.ts'
import { openTickets, waitingTickets } from '#src/home/queries.ts'
import { paths } from '#src/paths.ts'
import { readSession } from '#src/sign-in/session.ts'
import { readStaffSession } from '#src/staff-sign-in/session.ts'
import { tenantBySlug } from '#src/tenants/tenant.ts'
import { countTickets, filterChoices } from '#src/tickets/counts.ts'
import { createTicket } from '#src/tickets/create.ts'
import { parseDeskFilter } from '#src/tickets/desk-filter.ts'
import { countQueues, listQueue, queueChoices } from '#src/tickets/desk-queries.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { attachmentsOf, colleagues, conversation, findTicket, history } from '#src/tickets/find.ts'
import { newTicketChoices } from '#src/tickets/pages/new.tsx'
import { listTickets } from '#src/tickets/queries.ts'
import { ticketScope, type Viewer } from '#src/viewer.ts'
import type { Form } from '#src/web/body.ts'
import { once } from '#src/web/once.ts'
import { overRate } from '#src/web/rate.ts'

/** What a page needs to be asked for: whose session, which tenant, which ticket. */
export type Visit = { session: string; slug: string; ticket: string }

/** A page, and the statements that it makes of the database: the same functions in the same order, nothing else. */
export type BenchPage = {
  path: (visit: Visit) => string
  /** What a POST sends, besides the form's token. */
  fields?: Record<string, string>
  sql: (visit: Visit) => Promise<unknown>
}

type Queries = (db: Db, viewer: Viewer, visit: Visit) => Promise<unknown>

/** As web/scope.ts does it: session, transaction with the viewer's scope, the sidebar's numbers, the page's queries. */
const reading = (queries: Queries) => async (visit: Visit) => {
  const session = await readSession(visit.session)
  if (!session) throw new Error('the session is over')
  const { db, commit } = await begin(session.viewer, 'read')
  await Promise.all([navigation(db, session.viewer), queries(db, session.viewer, visit)])
  await commit()
}

const writing = (queries: Queries) => async (visit: Visit) => {
  const session = await readSession(visit.session)
  if (!session) throw new Error('the session is over')
  await overRate({ name: 'write', most: Number.POSITIVE_INFINITY, minutes: 10 }, session.viewer.contactId)
  const { db, commit } = await begin(session.viewer, 'write')
  await queries(db, session.viewer, visit)
  await commit()
}

export const listQueries = (query: Record<string, string>) => (db: Db, viewer: Viewer) => {
  const { filter } = parseFilter(query)
  const own = ticketScope(viewer) === 'own' || filter.whose === 'mine'
  return Promise.all([listTickets(db, viewer, filter, own), countTickets(db, viewer, own), filterChoices(db)])
}

export const homeQueries = (db: Db, viewer: Viewer) =>
  Promise.all([openTickets(db, viewer), waitingTickets(db, viewer), currentAnnouncements(db)])

export const ticketQueries = (db: Db, _viewer: Viewer, { ticket }: Visit) =>
  Promise.all([
    findTicket(db, ticket),
    conversation(db, ticket),
    history(db, ticket),
    attachmentsOf(db, ticket),
    colleagues(db),
  ])

/** As web/staff-scope.ts does it. */
const deskReading = (queries: (db: Db, staffId: string) => Promise<unknown>) => async (visit: Visit) => {
  const session = await readStaffSession(visit.session)
  if (!session) throw new Error('the session is over')
  const { db, commit } = await beginStaff(session.staff, 'read')
  await queries(db, session.staff.staffId)
  await commit()
}

export const queueQueries = (query: Record<string, string>) => (db: Db, staffId: string) => {
  const { filter } = parseDeskFilter(query)
  return Promise.all([
    listQueue(db, staffId, filter),
    countQueues(db, staffId),
    queueChoices(db, filter.company),
  ])
}

const TICKET = {
  subject: 'The scanner loses its connection every few minutes',
  body: 'Hello, this has been going on since Monday and it happens every time I come back from a meeting.\n\nThank you!',
  priority: 'normal',
  category: '',
  for: '',
}

const formOf = (fields: Record<string, string>): Form => ({
  get: (name) => fields[name] ?? '',
  all: (name) => (fields[name] === undefined ? [] : [fields[name]]),
  names: () => [],
  files: [],
  tooManyFiles: false,
  discard: async () => {},
})

export const createQueries = async (db: Db, viewer: Viewer) => {
  await newTicketChoices(db, viewer)
  const ticket = {
    ...TICKET,
    priority: 'normal' as const,
    category: undefined,
    requesterId: viewer.contactId,
    files: [],
  }
  const form = formOf({ ...TICKET, once: randomUUID() })
  return once({ db, viewer, form, path: paths.tickets() }, Object.keys(TICKET), async () =>
    paths.ticket(await createTicket(db, viewer, ticket)),
  )
}

export const PAGE_NAMES = [
  'login',
  'home',
  'ticketList',
  'ticketDetail',
  'ticketCreate',
  'staffQueue',
] as const
export type PageName = (typeof PAGE_NAMES)[number]

export const PAGES: Record<PageName, BenchPage> = {
  login: { path: ({ slug }) => paths.login({ tenant: slug }), sql: ({ slug }) => tenantBySlug(slug) },
  home: { path: () => paths.home(), sql: reading(homeQueries) },
  ticketList: { path: () => paths.tickets(), sql: reading(listQueries({})) },
  ticketDetail: { path: ({ ticket }) => paths.ticket(ticket), sql: reading(ticketQueries) },
  ticketCreate: { path: () => paths.tickets(), fields: TICKET, sql: writing(createQueries) },
  staffQueue: { path: () => paths.staff.tickets(), sql: deskReading(queueQueries({})) },
}
