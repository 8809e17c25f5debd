import type { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { tellLive } from '#src/live/tell.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Colleague, LockedTicket } from '#src/tickets/find.ts'
import { MAX_PEOPLE } from '#src/tickets/policy.ts'
import { setVisibility } from '#src/tickets/visibility.ts'
import type { Viewer } from '#src/viewer.ts'

/** Puts a contact on a ticket, if she isn't yet and there is room. Answers everybody who is on it then. */
export const joinTicket = async (db: Db, ticket: LockedTicket, contactId: string): Promise<string[]> => {
  if (ticket.visible_to.includes(contactId) || ticket.visible_to.length >= MAX_PEOPLE)
    return ticket.visible_to
  const people = [...ticket.visible_to, contactId]
  await setVisibility(db, ticket.id, people)
  await db
    .insertInto('ticket_participant')
    .values({
      ticket_id: ticket.id,
      contact_id: contactId,
      confidential: ticket.confidential,
      visible_to: people,
    })
    .execute()
  return people
}

/** Brings a colleague in, and tells her. Nothing happens when she is on the ticket already. */
export const addParticipant = async (db: Db, viewer: Viewer, ticket: LockedTicket, colleague: Colleague) => {
  if (ticket.visible_to.includes(colleague.id)) return
  const people = await joinTicket(db, ticket, colleague.id)
  await recordEvent(db, viewer, { ...ticket, visible_to: people }, 'participant_added', {
    name: colleague.name,
  })
  await enqueue(db, 'tickets:welcome', {
    tenant: viewer.tenantId,
    ticket: ticket.id,
    contact: colleague.id,
    by: viewer.contactId,
  })
  await tellLive(db, ticket)
}
