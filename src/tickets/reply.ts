import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import type { StoredFile } from '#src/files/kept.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { tellLive } from '#src/live/tell.ts'
import { addAttachments } from '#src/tickets/attachments.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { LockedTicket } from '#src/tickets/find.ts'
import { joinTicket } from '#src/tickets/participants.ts'
import { isOver } from '#src/tickets/policy.ts'
import type { Viewer } from '#src/viewer.ts'

export const MAX_BODY = 50_000
const EXCERPT = 160

/** The beginning of a message on one line, for lists. */
export const excerptOf = (body: string) => {
  const line = body.replace(/\s+/g, ' ').trim()
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT - 1).trimEnd()}…` : line
}

/** Appends a contact's message: opens a solved ticket again, tells everybody on it. Answers the message's id. */
export const replyTo = async (
  db: Db,
  viewer: Viewer,
  ticket: LockedTicket,
  reply: { body: string; files: StoredFile[]; solved: boolean },
) => {
  const id = uuidv7()
  const people = await joinTicket(db, ticket, viewer.contactId)
  const row = { ticket_id: ticket.id, confidential: ticket.confidential, visible_to: people, internal: false }
  await db
    .insertInto('ticket_message')
    .values({
      ...row,
      id,
      author_contact_id: viewer.contactId,
      author_name: viewer.name,
      body: reply.body,
      via: 'portal',
    })
    .execute()
  await addAttachments(db, { ...row, message_id: id }, reply.files)

  const answered = isOver(ticket) || ticket.status === 'waiting_client' ? 'in_progress' : ticket.status
  const status = reply.solved ? 'solved' : answered
  const excerpt = excerptOf(reply.body) || (reply.files[0]?.name ?? '')
  await db
    .updateTable('ticket')
    .set((eb) => ({
      updated_at: sql<Date>`now()`,
      replies: eb('replies', '+', 1),
      excerpt,
      excerpt_by: viewer.name,
      excerpt_contact_id: viewer.contactId,
    }))
    .$if(status !== ticket.status, (query) => query.set({ status, status_since: sql<Date>`now()` }))
    .where('id', '=', ticket.id)
    .execute()
  if (status !== ticket.status)
    await recordEvent(db, viewer, { ...ticket, visible_to: people }, 'status', {
      from: ticket.status,
      to: status,
    })
  await markRead(db, viewer, ticket.id)
  await enqueue(db, 'tickets:notify', { tenant: viewer.tenantId, message: id })
  await tellLive(db, ticket)
  return id
}

/** Remembers that this person has seen what is there now. */
export const markRead = (db: Db, viewer: Viewer, ticketId: string) =>
  db
    .insertInto('ticket_read')
    .values({ contact_id: viewer.contactId, ticket_id: ticketId, read_at: sql<Date>`clock_timestamp()` })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'contact_id', 'ticket_id'])
        .doUpdateSet({ read_at: sql<Date>`clock_timestamp()` }),
    )
    .execute()
