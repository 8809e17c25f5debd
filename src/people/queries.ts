import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { ACCESS_STATES, accessState, isHerInvitation } from '#src/people/state.ts'
import { anywhere, nameCursor, pageOfNames } from '#src/web/keyset.ts'

const PAGE_SIZE = 25

const filterSchema = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  state: z.enum(ACCESS_STATES).optional().catch(undefined),
  company: z.uuid().optional().catch(undefined),
  show: z.enum(['archived']).optional().catch(undefined),
  after: nameCursor,
  before: nameCursor,
})
export type PeopleFilter = z.infer<typeof filterSchema>
export const peopleFilter = (query: Record<string, string>): PeopleFilter =>
  filterSchema.parse(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')))

/** Contacts with their company, their role and how far they have come into the portal. */
const people = (db: Db) =>
  db
    .selectFrom('contact')
    .innerJoin('company', 'company.id', 'contact.company_id')
    .leftJoin('role', 'role.id', 'contact.role_id')
    .leftJoin('mail as invitation', (join) => join.on(isHerInvitation))
    .select([
      'contact.id',
      'contact.name',
      'contact.email',
      'contact.title',
      'contact.phone',
      'contact.mobile',
    ])
    .select(['contact.company_id', 'company.name as company', 'company.archived_at as company_archived_at'])
    .select(['contact.role_id', 'role.name as role', 'role.preset', 'role.permissions'])
    .select(['contact.invited_at', 'contact.disabled_at', 'contact.archived_at'])
    .select(['contact.first_sign_in_at', 'contact.last_sign_in_at', 'contact.created_at'])
    .select(['invitation.state as mail_state', 'invitation.done_at as mail_done_at'])
    .select(accessState.as('state'))

/** A page of contacts by name: of one company, or of every company in use. */
export const listPeople = async (db: Db, filter: PeopleFilter) => {
  const edge = filter.before ?? filter.after
  const up = !filter.before
  let query = people(db)
    .where('contact.archived_at', filter.show === 'archived' ? 'is not' : 'is', null)
    .orderBy('contact.name', up ? 'asc' : 'desc')
    .orderBy('contact.id', up ? 'asc' : 'desc')
    .limit(PAGE_SIZE + 1)
  if (filter.company) query = query.where('contact.company_id', '=', filter.company)
  else query = query.where('company.archived_at', 'is', null)
  if (filter.state) query = query.where(sql<boolean>`${accessState} = ${filter.state}`)
  if (filter.q) {
    const words = anywhere(filter.q)
    query = query.where((eb) =>
      eb.or([eb('contact.name', 'ilike', words), eb('contact.email', 'ilike', words)]),
    )
  }
  if (edge)
    query = query.where(
      sql<boolean>`(contact.name, contact.id) ${sql.raw(up ? '>' : '<')} (${edge.name}, ${edge.id})`,
    )
  return pageOfNames(await query.execute(), PAGE_SIZE, filter, (row) => row)
}

export type Person = Awaited<ReturnType<typeof listPeople>>['rows'][number]
export type PeopleList = Awaited<ReturnType<typeof listPeople>>

export const findPerson = (db: Db, id: string): Promise<Person | undefined> =>
  people(db).where('contact.id', '=', id).executeTakeFirst()

export const findPeople = (db: Db, ids: string[]): Promise<Person[]> =>
  people(db).where('contact.id', 'in', ids).orderBy('contact.name').execute()

/** Who has one of these addresses (as keys), at any company, archived or not. */
export const findByAddresses = (db: Db, keys: string[]): Promise<Person[]> =>
  people(db)
    .where('contact.email_key', 'in', keys.length > 0 ? keys : [''])
    .execute()

/** Everybody of a company who isn't archived, by name. */
export const everybodyAt = (db: Db, companyId: string): Promise<Person[]> =>
  people(db)
    .where('contact.company_id', '=', companyId)
    .where('contact.archived_at', 'is', null)
    .orderBy('contact.name')
    .orderBy('contact.id')
    .execute()

/** The row, locked until the transaction ends. Her company is locked first: who holds what there is decided one by one. */
export const lockPerson = async (db: Db, id: string): Promise<Person | undefined> => {
  const known = await db.selectFrom('contact').select('company_id').where('id', '=', id).executeTakeFirst()
  if (!known) return undefined
  await lockCompanies(db, [known.company_id])
  await db.selectFrom('contact').select('id').where('id', '=', id).forUpdate().execute()
  return findPerson(db, id)
}

/** Makes changes of who holds which right at these companies wait for each other. */
export const lockCompanies = (db: Db, ids: string[]) =>
  db.selectFrom('company').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute()

/** The sessions that are open now: as many as there are, the latest used first. */
export const openSessions = (db: Db, contactId: string) =>
  db
    .selectFrom('session')
    .select(['id', 'ip', 'user_agent', 'created_at', 'last_seen_at'])
    .where('contact_id', '=', contactId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('last_seen_at', 'desc')
    .limit(50)
    .execute()

/** Ends them all, in this transaction. Answers how many. */
export const endSessionsOf = async (db: Db, contactIds: string[]): Promise<number> => {
  if (contactIds.length === 0) return 0
  const ended = await db
    .updateTable('session')
    .set({ ended_at: sql<Date>`now()` })
    .where('contact_id', 'in', contactIds)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}
