import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { tellLive } from '#src/live/tell.ts'
import type { LockedDeskTicket } from '#src/tickets/desk-find.ts'
import { recordEvent } from '#src/tickets/events.ts'
import { setVisibility } from '#src/tickets/visibility.ts'
import type { Staff } from '#src/viewer.ts'

type Who = { id: string; name: string }

const note = (db: Db, staff: Staff, ticket: LockedDeskTicket, action: string, who: Who) =>
  recordAudit(db, staff, {
    action,
    company: ticket.company_id,
    object: { kind: 'ticket', id: ticket.id },
    data: { contact: who.id, name: who.name },
  })

/** Puts somebody of the company on the ticket: from now on she sees it and gets its mails. */
export const putOn = async (db: Db, staff: Staff, ticket: LockedDeskTicket, who: Who) => {
  if (ticket.visible_to.includes(who.id)) return
  const people = [...ticket.visible_to, who.id]
  await setVisibility(db, ticket.id, people)
  await db
    .insertInto('ticket_participant')
    .values({
      ticket_id: ticket.id,
      contact_id: who.id,
      company_id: ticket.company_id,
      confidential: ticket.confidential,
      visible_to: people,
    })
    .execute()
  await recordEvent(db, staff, { ...ticket, visible_to: people }, 'participant_added', { name: who.name })
  await note(db, staff, ticket, 'ticket.person-added', who)
  await tellLive(db, ticket)
}

/** Takes somebody off: what she can see of the ticket then is what her role shows her. */
export const takeOff = async (db: Db, staff: Staff, ticket: LockedDeskTicket, who: Who) => {
  const people = ticket.visible_to.filter((id) => id !== who.id)
  await db
    .deleteFrom('ticket_participant')
    .where('ticket_id', '=', ticket.id)
    .where('contact_id', '=', who.id)
    .execute()
  await setVisibility(db, ticket.id, people)
  await recordEvent(db, staff, { ...ticket, visible_to: people }, 'participant_removed', { name: who.name })
  await note(db, staff, ticket, 'ticket.person-removed', who)
  await tellLive(db, ticket)
}
