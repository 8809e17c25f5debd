import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import type { StoredFile } from '#src/files/kept.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { tellLive } from '#src/live/tell.ts'
import { addAttachments } from '#src/tickets/attachments.ts'
import type { Priority } from '#src/tickets/filter.ts'
import { excerptOf, markRead } from '#src/tickets/reply.ts'
import type { Viewer } from '#src/viewer.ts'

export type NewTicket = {
  subject: string
  body: string
  priority: Priority
  category: { id: string; confidential: boolean } | undefined
  requesterId: string
  files: StoredFile[]
}

/** The number that people use; each tenant counts for itself. */
export const nextNumber = async (db: Db): Promise<number> => {
  const { value } = await db
    .insertInto('counter')
    .values({ name: 'ticket', value: 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'name']).doUpdateSet({ value: sql<number>`counter.value + 1` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

/** Opens a ticket with its first message, for the viewer or a colleague, and tells everybody on it. Answers its id. */
export const createTicket = async (db: Db, viewer: Viewer, ticket: NewTicket): Promise<string> => {
  const [id, message] = [uuidv7(), uuidv7()]
  const people = [...new Set([ticket.requesterId, viewer.contactId])]
  const seen = { confidential: ticket.category?.confidential ?? false, visible_to: people }
  await db
    .insertInto('ticket')
    .values({
      ...seen,
      id,
      number: await nextNumber(db),
      subject: ticket.subject,
      priority: ticket.priority,
      category_id: ticket.category?.id ?? null,
      requester_id: ticket.requesterId,
      via: 'portal',
      excerpt: excerptOf(ticket.body),
      excerpt_by: viewer.name,
      excerpt_contact_id: viewer.contactId,
    })
    .execute()
  await db
    .insertInto('ticket_participant')
    .values(people.map((contact) => ({ ...seen, ticket_id: id, contact_id: contact })))
    .execute()
  const row = { ...seen, ticket_id: id, internal: false }
  await db
    .insertInto('ticket_message')
    .values({
      ...row,
      id: message,
      author_contact_id: viewer.contactId,
      author_name: viewer.name,
      body: ticket.body,
      via: 'portal',
    })
    .execute()
  await addAttachments(db, { ...row, message_id: message }, ticket.files)
  await markRead(db, viewer, id)
  await enqueue(db, 'tickets:notify', { tenant: viewer.tenantId, message })
  await tellLive(db, { id, company_id: viewer.companyId })
  return id
}
