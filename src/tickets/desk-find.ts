import type { Db } from '#src/db/scope.ts'

/** A ticket of the tenant with the words around it; undefined when it isn't there. */
export const findDeskTicket = (db: Db, id: string) =>
  db
    .selectFrom('ticket')
    .innerJoin('contact as requester', 'requester.id', 'ticket.requester_id')
    .innerJoin('company', 'company.id', 'ticket.company_id')
    .select(['ticket.id', 'ticket.number', 'ticket.subject', 'ticket.status', 'ticket.priority'])
    .select(['ticket.confidential', 'ticket.visible_to', 'ticket.company_id', 'ticket.requester_id'])
    .select(['ticket.assignee_id', 'ticket.category_id', 'ticket.created_at', 'ticket.status_since'])
    .select(['requester.name as requester', 'company.name as company'])
    .where('ticket.id', '=', id)
    .executeTakeFirst()

export type DeskTicket = NonNullable<Awaited<ReturnType<typeof findDeskTicket>>>

/** What writes depend on, locked until the transaction ends. */
export const lockDeskTicket = (db: Db, id: string) =>
  db
    .selectFrom('ticket')
    .select(['id', 'number', 'subject', 'status', 'priority', 'confidential', 'visible_to'])
    .select(['requester_id', 'company_id', 'assignee_id', 'category_id'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export type LockedDeskTicket = NonNullable<Awaited<ReturnType<typeof lockDeskTicket>>>

/** The people of a company who may be on a ticket: at most 500, by name. */
export const contactsOf = (db: Db, companyId: string) =>
  db
    .selectFrom('contact')
    .select(['id', 'name', 'title', 'email', 'role_id', 'disabled_at'])
    .where('company_id', '=', companyId)
    .where('archived_at', 'is', null)
    .orderBy('name')
    .limit(500)
    .execute()

export type DeskContact = Awaited<ReturnType<typeof contactsOf>>[number]
