import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { tellLive } from '#src/live/tell.ts'
import { type NewTicket, nextNumber } from '#src/tickets/create.ts'
import { addStaffMessage } from '#src/tickets/desk-reply.ts'
import { excerptOf } from '#src/tickets/reply.ts'
import type { Staff } from '#src/viewer.ts'

export type CallersTicket = NewTicket & { companyId: string; assigneeId: string | null }

/** Opens a ticket for somebody who called: it is hers from the start, and a mail tells her. Answers its id. */
export const createForCaller = async (db: Db, staff: Staff, ticket: CallersTicket): Promise<string> => {
  const id = uuidv7()
  const seen = {
    company_id: ticket.companyId,
    confidential: ticket.category?.confidential ?? false,
    visible_to: [ticket.requesterId],
  }
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
      assignee_id: ticket.assigneeId,
      via: 'staff',
      excerpt: excerptOf(ticket.body),
      excerpt_by: staff.name,
    })
    .execute()
  await db
    .insertInto('ticket_participant')
    .values({ ...seen, ticket_id: id, contact_id: ticket.requesterId })
    .execute()
  const message = await addStaffMessage(db, staff, { id, ...seen }, ticket, false)
  await recordAudit(db, staff, {
    action: 'ticket.opened-for-caller',
    company: ticket.companyId,
    object: { kind: 'ticket', id },
    data: { requester: ticket.requesterId },
  })
  await enqueue(db, 'tickets:notify', { tenant: staff.tenantId, message })
  await tellLive(db, { id, company_id: ticket.companyId })
  return id
}

const COMPANIES = 10
const PEOPLE = 20

const prefix = (text: string) => `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Companies and people whose names (or addresses) begin like this. */
export const findCallers = async (db: Db, q: string) => {
  const like = prefix(q)
  const [companies, people] = await Promise.all([
    db
      .selectFrom('company')
      .select(['id', 'name'])
      .where('archived_at', 'is', null)
      .where('name_key', 'like', like)
      .orderBy('name_key')
      .limit(COMPANIES)
      .execute(),
    db
      .selectFrom('contact')
      .innerJoin('company', 'company.id', 'contact.company_id')
      .select(['contact.id', 'contact.name', 'contact.email', 'company.id as company_id'])
      .select(['company.name as company'])
      .where('contact.archived_at', 'is', null)
      .where('company.archived_at', 'is', null)
      .where((eb) => eb.or([eb('email_key', 'like', like), sql<boolean>`lower(contact.name) like ${like}`]))
      .orderBy('contact.name')
      .limit(PEOPLE)
      .execute(),
  ])
  return { companies, people }
}

export type Callers = Awaited<ReturnType<typeof findCallers>>

const uuid = z.uuid()

/** A company in use; undefined for anything else that an address may hold. */
export const findCompany = async (db: Db, id: string) =>
  uuid.safeParse(id).success
    ? db
        .selectFrom('company')
        .select(['id', 'name'])
        .where('id', '=', id)
        .where('archived_at', 'is', null)
        .executeTakeFirst()
    : undefined
