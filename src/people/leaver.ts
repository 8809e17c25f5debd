import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import { keepingManagers } from '#src/people/last-admin.ts'
import { endSessionsOf, openSessions, type Person } from '#src/people/queries.ts'
import { recordEvent } from '#src/tickets/events.ts'
import { lockTicket } from '#src/tickets/find.ts'
import { isOpen } from '#src/tickets/state.ts'
import { setVisibility } from '#src/tickets/visibility.ts'
import type { Staff } from '#src/viewer.ts'

/** The open tickets that she asked for or is on. */
const openTickets = (db: Db, contactId: string) =>
  db
    .selectFrom('ticket_participant as part')
    .innerJoin('ticket', 'ticket.id', 'part.ticket_id')
    .select(['ticket.id', 'ticket.number', 'ticket.subject', 'ticket.confidential', 'ticket.requester_id'])
    .where('part.contact_id', '=', contactId)
    .where(isOpen)
    .orderBy('ticket.number')
    .execute()

/** Everything that somebody who leaves has in hand. */
export const holdingsOf = async (db: Db, person: Person) => {
  const [sessions, tickets] = await Promise.all([openSessions(db, person.id), openTickets(db, person.id)])
  return {
    sessions,
    asked: tickets.filter((ticket) => ticket.requester_id === person.id),
    on: tickets.filter((ticket) => ticket.requester_id !== person.id),
  }
}

export type Holdings = Awaited<ReturnType<typeof holdingsOf>>

/** Who could take over: the others of her company who are there. */
export const successors = (db: Db, person: Person) =>
  db
    .selectFrom('contact')
    .select(['id', 'name'])
    .where('company_id', '=', person.company_id)
    .where('id', '<>', person.id)
    .where('archived_at', 'is', null)
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .limit(500)
    .execute()

export type Successor = Awaited<ReturnType<typeof successors>>[number]

/** Puts one person in another's place on a ticket: as its requester and among its people. */
const handOver = async (db: Db, staff: Staff, ticketId: string, from: Person, to: Successor) => {
  const ticket = await lockTicket(db, ticketId)
  if (!ticket) return
  const people = [...new Set(ticket.visible_to.map((id) => (id === from.id ? to.id : id)))]
  const { id, company_id, confidential } = ticket
  await setVisibility(db, id, people)
  if (ticket.requester_id === from.id)
    await db.updateTable('ticket').set({ requester_id: to.id }).where('id', '=', id).execute()
  await db
    .deleteFrom('ticket_participant')
    .where('ticket_id', '=', id)
    .where('contact_id', '=', from.id)
    .execute()
  if (!ticket.visible_to.includes(to.id))
    await db
      .insertInto('ticket_participant')
      .values({ ticket_id: id, contact_id: to.id, company_id, confidential, visible_to: people })
      .execute()
  const now = { ...ticket, visible_to: people }
  await recordEvent(db, staff, now, 'participant_removed', { name: from.name })
  if (!ticket.visible_to.includes(to.id))
    await recordEvent(db, staff, now, 'participant_added', { name: to.name })
}

/**
 * Somebody leaves her company: her open tickets go to `to` (or stay as they are), her sessions end, she is shut out and
 * archived. Lock her first. Answers the companies that would have nobody left to manage people: then nothing was done.
 */
export const leave = (
  db: Db,
  staff: Staff,
  person: Person,
  holdings: Holdings,
  to: Successor | undefined,
): Promise<string[]> =>
  keepingManagers(db, [person.company_id], async () => {
    const tickets = to ? [...holdings.asked, ...holdings.on] : []
    for (const { id } of tickets) if (to) await handOver(db, staff, id, person, to)
    await db
      .updateTable('contact')
      .set({ archived_at: sql<Date>`now()`, disabled_at: sql<Date>`now()`, invitation_id: null })
      .where('id', '=', person.id)
      .execute()
    await endSessionsOf(db, [person.id])
  })
