import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import { permissionsOf } from '#src/permissions.ts'

const managingRoles = async (db: Db) => {
  const roles = await db.selectFrom('role').select(['id', 'preset', 'permissions']).execute()
  return roles.filter((role) => permissionsOf(role).has('people:manage')).map((role) => role.id)
}

/** For each of the companies that has portal users: how many, and how many of them may manage people. */
const holders = async (db: Db, companyIds: string[]) => {
  const managing = await managingRoles(db)
  return db
    .selectFrom('contact')
    .innerJoin('company', 'company.id', 'contact.company_id')
    .select(['contact.company_id', 'company.name'])
    .select((eb) => [
      eb.fn.countAll<number>().as('users'),
      sql<number>`count(*) filter (where contact.role_id = any (${managing}))`.as('managers'),
    ])
    .where('contact.company_id', 'in', companyIds)
    .where('contact.role_id', 'is not', null)
    .where('contact.disabled_at', 'is', null)
    .where('contact.archived_at', 'is', null)
    .groupBy(['contact.company_id', 'company.name'])
    .execute()
}

/**
 * Makes a change unless it takes the right to manage people from the last one at a company who has it, while others
 * there can still sign in: then it is undone and the companies' names are answered. Lock the companies first.
 */
export const keepingManagers = async (
  db: Db,
  companyIds: string[],
  change: () => Promise<unknown>,
): Promise<string[]> => {
  if (companyIds.length === 0) {
    await change()
    return []
  }
  const before = await holders(db, companyIds)
  const managed = new Set(before.filter((row) => row.managers > 0).map((row) => row.company_id))
  await sql`savepoint keeping_managers`.execute(db)
  await change()
  const orphaned = (await holders(db, companyIds)).filter(
    (row) => row.managers === 0 && managed.has(row.company_id),
  )
  if (orphaned.length > 0) await sql`rollback to savepoint keeping_managers`.execute(db)
  await sql`release savepoint keeping_managers`.execute(db)
  return orphaned.map((row) => row.name)
}
