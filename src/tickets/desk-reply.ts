import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import type { StoredFile } from '#src/files/kept.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { tellLive } from '#src/live/tell.ts'
import { addAttachments } from '#src/tickets/attachments.ts'
import type { LockedDeskTicket } from '#src/tickets/desk-find.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Status } from '#src/tickets/filter.ts'
import { excerptOf } from '#src/tickets/reply.ts'
import type { Staff } from '#src/viewer.ts'

type Written = { body: string; files: StoredFile[] }
type On = Pick<LockedDeskTicket, 'id' | 'company_id' | 'confidential' | 'visible_to'>

/** Adds a message with its files. Answers its id. */
export const addStaffMessage = async (
  db: Db,
  staff: Staff,
  ticket: On,
  { body, files }: Written,
  internal: boolean,
) => {
  const id = uuidv7()
  const { id: ticket_id, company_id, confidential, visible_to } = ticket
  const row = { ticket_id, company_id, confidential, visible_to, internal }
  await db
    .insertInto('ticket_message')
    .values({ ...row, id, author_staff_id: staff.staffId, author_name: staff.name, body, via: 'staff' })
    .execute()
  await addAttachments(db, { ...row, message_id: id }, files)
  return id
}

/** Only the desk reads it: the ticket looks to the client as it did before, and nobody gets a mail. */
export const addNote = async (db: Db, staff: Staff, ticket: LockedDeskTicket, note: Written) => {
  const id = await addStaffMessage(db, staff, ticket, note, true)
  await tellLive(db, ticket, { internal: true })
  return id
}

/** Answers the client: everybody on the ticket gets a mail. Answers the message's id. */
export const answerClient = async (
  db: Db,
  staff: Staff,
  ticket: LockedDeskTicket,
  reply: Written & { status: Status | undefined },
) => {
  const id = await addStaffMessage(db, staff, ticket, reply, false)
  const status = reply.status ?? (ticket.status === 'new' ? 'in_progress' : ticket.status)
  await db
    .updateTable('ticket')
    .set((eb) => ({
      updated_at: sql<Date>`now()`,
      replies: eb('replies', '+', 1),
      excerpt: excerptOf(reply.body) || (reply.files[0]?.name ?? ''),
      excerpt_by: staff.name,
      excerpt_contact_id: null,
    }))
    .$if(status !== ticket.status, (query) => query.set({ status, status_since: sql<Date>`now()` }))
    .where('id', '=', ticket.id)
    .execute()
  if (status !== ticket.status)
    await recordEvent(db, staff, ticket, 'status', { from: ticket.status, to: status })
  await enqueue(db, 'tickets:notify', { tenant: staff.tenantId, message: id })
  await tellLive(db, ticket)
  return id
}
