import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { isOpen } from '#src/tickets/state.ts'
import { anywhere, nameCursor, pageOfNames } from '#src/web/keyset.ts'

const PAGE_SIZE = 25

const filterSchema = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  show: z.enum(['archived']).optional().catch(undefined),
  after: nameCursor,
  before: nameCursor,
})
export type CompanyFilter = z.infer<typeof filterSchema>
export const companyFilter = (query: Record<string, string>): CompanyFilter => filterSchema.parse(query)

/** A page of companies by name. What is counted is counted for the rows of the page alone, in the same statement. */
export const listCompanies = async (db: Db, filter: CompanyFilter) => {
  const edge = filter.before ?? filter.after
  const up = !filter.before
  const people = db
    .selectFrom('contact')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(sql<boolean>`contact.company_id = company.id`)
    .where('contact.archived_at', 'is', null)
  const open = db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(sql<boolean>`ticket.company_id = company.id`)
    .where(isOpen)
  let query = db
    .selectFrom('company')
    .select(['company.id', 'company.name', 'company.name_key', 'company.archived_at'])
    .select([
      people.as('contacts'),
      people.where('role_id', 'is not', null).where('disabled_at', 'is', null).as('users'),
      open.as('tickets'),
    ])
    .where('company.archived_at', filter.show === 'archived' ? 'is not' : 'is', null)
    .orderBy('company.name_key', up ? 'asc' : 'desc')
    .orderBy('company.id', up ? 'asc' : 'desc')
    .limit(PAGE_SIZE + 1)
  if (filter.q) query = query.where('company.name', 'ilike', anywhere(filter.q))
  if (edge)
    query = query.where(
      sql<boolean>`(company.name_key, company.id) ${sql.raw(up ? '>' : '<')} (${edge.name}, ${edge.id})`,
    )
  return pageOfNames(await query.execute(), PAGE_SIZE, filter, (row) => ({ name: row.name_key, id: row.id }))
}

export type CompanyRow = Awaited<ReturnType<typeof listCompanies>>['rows'][number]

/** How many companies are in use, and how many are archived. */
export const countCompanies = (db: Db) =>
  db
    .selectFrom('company')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('archived_at', 'is', null).as('active'),
      eb.fn.countAll<number>().filterWhere('archived_at', 'is not', null).as('archived'),
    ])
    .executeTakeFirstOrThrow()

export const findCompany = (db: Db, id: string) =>
  db
    .selectFrom('company')
    .select(['id', 'name', 'archived_at', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirst()

export type Company = NonNullable<Awaited<ReturnType<typeof findCompany>>>

const SHOWN = 8

/** A company's open tickets with the latest activity, and how many there are. */
export const openTicketsOf = async (db: Db, companyId: string) => {
  const open = db.selectFrom('ticket').where('ticket.company_id', '=', companyId).where(isOpen)
  const [rows, { count }] = await Promise.all([
    open
      .select(['ticket.id', 'number', 'subject', 'status', 'ticket.updated_at'])
      .orderBy('ticket.updated_at', 'desc')
      .orderBy('ticket.id', 'desc')
      .limit(SHOWN)
      .execute(),
    open.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ])
  return { rows, count }
}

/** What was last done at a company or in its name. */
export const activityAt = (db: Db, companyId: string) =>
  db
    .selectFrom('audit_event')
    .select(['id', 'at', 'actor_name', 'action'])
    .where('company_id', '=', companyId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute()

export type OpenTickets = Awaited<ReturnType<typeof openTicketsOf>>
export type Activity = Awaited<ReturnType<typeof activityAt>>[number]
