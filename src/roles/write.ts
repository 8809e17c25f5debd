import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { keepingManagers } from '#src/people/last-admin.ts'
import { lockCompanies } from '#src/people/queries.ts'
import type { RoleInput } from '#src/roles/forms.ts'
import type { Role } from '#src/roles/queries.ts'

/** Answers the new role's id. */
export const addRole = async (db: Db, { name, permissions, assignable }: RoleInput): Promise<string> => {
  const id = uuidv7()
  await db.insertInto('role').values({ id, name, permissions, assignable }).execute()
  return id
}

const companiesWith = async (db: Db, roleId: string) => {
  const rows = await db
    .selectFrom('contact')
    .select('company_id')
    .distinct()
    .where('role_id', '=', roleId)
    .where('archived_at', 'is', null)
    .execute()
  return rows.map((row) => row.company_id)
}

/**
 * Changes a role for everybody who holds it, from their next click on. A preset's name and permissions stay. Answers the
 * companies that would have nobody left to manage their people: then nothing was changed.
 */
export const changeRole = async (db: Db, role: Role, input: RoleInput): Promise<string[]> => {
  const { name, permissions, assignable } = input
  const values = role.preset ? { assignable } : { name, permissions, assignable }
  const companies = await companiesWith(db, role.id)
  if (companies.length > 0) await lockCompanies(db, companies)
  return keepingManagers(db, companies, () =>
    db.updateTable('role').set(values).where('id', '=', role.id).execute(),
  )
}

export const removeRole = (db: Db, role: Role) => db.deleteFrom('role').where('id', '=', role.id).execute()

/** From now on the role of whoever is invited without another. */
export const makeDefault = async (db: Db, role: Role) => {
  await db.updateTable('role').set({ by_default: false }).where('by_default', '=', true).execute()
  await db.updateTable('role').set({ by_default: true }).where('id', '=', role.id).execute()
}

/** Narrows a company to these roles; none opens every role to it again. */
export const narrowTo = async (db: Db, companyId: string, roleIds: string[]) => {
  await db.deleteFrom('company_role').where('company_id', '=', companyId).execute()
  if (roleIds.length > 0)
    await db
      .insertInto('company_role')
      .values(roleIds.map((role_id) => ({ company_id: companyId, role_id })))
      .execute()
}

const NAMED = 8

/** Why a role can't go: the first of those who hold it, archived people too, and the companies narrowed to it. */
export const usesOf = async (db: Db, roleId: string) => {
  const [people, companies] = await Promise.all([
    db
      .selectFrom('contact')
      .innerJoin('company', 'company.id', 'contact.company_id')
      .select(['contact.name', 'company.name as company'])
      .select(sql<number>`count(*) over ()`.as('all'))
      .where('contact.role_id', '=', roleId)
      .orderBy('contact.name')
      .limit(NAMED)
      .execute(),
    db
      .selectFrom('company_role')
      .innerJoin('company', 'company.id', 'company_role.company_id')
      .select('company.name')
      .where('company_role.role_id', '=', roleId)
      .orderBy('company.name')
      .limit(NAMED)
      .execute(),
  ])
  return { people, count: people[0]?.all ?? 0, companies: companies.map((company) => company.name) }
}

export type Uses = Awaited<ReturnType<typeof usesOf>>

/** People of a company whose role is none of these: they would hold what the company may not. */
export const outside = (db: Db, companyId: string, roleIds: string[]) =>
  db
    .selectFrom('contact')
    .innerJoin('role', 'role.id', 'contact.role_id')
    .select(['contact.name', 'role.name as role'])
    .where('contact.company_id', '=', companyId)
    .where('contact.archived_at', 'is', null)
    .where('contact.role_id', 'not in', roleIds)
    .orderBy('contact.name')
    .limit(NAMED)
    .execute()
