import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { permissionsOf } from '#src/permissions.ts'
import { emailKey } from '#src/sign-in/address.ts'
import type { Viewer } from '#src/viewer.ts'
import { anywhere, nameCursor, pageOfNames } from '#src/web/keyset.ts'

const PAGE_SIZE = 50

const schema = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  after: nameCursor,
  before: nameCursor,
})
export type ColleagueFilter = z.infer<typeof schema>
export const colleagueFilter = (query: Record<string, string>): ColleagueFilter => schema.parse(query)

const people = (db: Db) =>
  db
    .selectFrom('contact')
    .leftJoin('role', 'role.id', 'contact.role_id')
    .select(['contact.id', 'contact.company_id', 'contact.name', 'contact.email', 'contact.title'])
    .select([
      'contact.invited_at',
      'contact.first_sign_in_at',
      'contact.last_sign_in_at',
      'contact.disabled_at',
    ])
    .select(['role.id as role_id', 'role.name as role', 'role.preset', 'role.permissions'])
    .where('contact.archived_at', 'is', null)

type Row = Awaited<ReturnType<ReturnType<typeof people>['execute']>>[number]

const seen = (row: Row) => {
  const { preset, permissions, ...rest } = row
  const held = permissions ? { preset, permissions } : undefined
  const came = row.first_sign_in_at ?? row.last_sign_in_at
  const state = row.disabled_at
    ? 'disabled'
    : !held
      ? 'none'
      : came
        ? 'active'
        : row.invited_at
          ? 'invited'
          : 'none'
  return { ...rest, held, state: state as 'disabled' | 'none' | 'active' | 'invited' }
}
export type Colleague = ReturnType<typeof seen>

/** A page of the people at the viewer's company, by name. */
export const listColleagues = async (db: Db, filter: ColleagueFilter) => {
  const edge = filter.before ?? filter.after
  const up = !filter.before
  let query = people(db)
    .orderBy('contact.name', up ? 'asc' : 'desc')
    .orderBy('contact.id', up ? 'asc' : 'desc')
    .limit(PAGE_SIZE + 1)
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
  const page = pageOfNames(await query.execute(), PAGE_SIZE, filter, (row) => row)
  return { ...page, rows: page.rows.map(seen) }
}

export const findColleague = async (db: Db, id: string): Promise<Colleague | undefined> => {
  const row = await people(db).where('contact.id', '=', id).executeTakeFirst()
  return row && seen(row)
}

/**
 * Her own row and the other one, locked: of two people who take each other's right away, the second finds that she has
 * none any more. Undefined when the other isn't there, `false` when the viewer may no longer manage anybody.
 */
export const lockColleague = async (
  db: Db,
  viewer: Viewer,
  id: string,
): Promise<Colleague | undefined | false> => {
  await db
    .selectFrom('contact')
    .select('id')
    .where('id', 'in', [viewer.contactId, id])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const [me, other] = [await findColleague(db, viewer.contactId), await findColleague(db, id)]
  const manages = me?.held && !me.disabled_at && permissionsOf(me.held).has('people:manage')
  return manages ? other : false
}

/** Who at the company has this address already, archived people too. */
export const holderOf = (db: Db, email: string) =>
  db.selectFrom('contact').select(['id', 'name']).where('email_key', '=', emailKey(email)).executeTakeFirst()

/** She has an address, and hasn't come in yet. */
export const canBeInvited = ({ email, state }: Colleague) =>
  email !== null && (state === 'none' || state === 'invited')
