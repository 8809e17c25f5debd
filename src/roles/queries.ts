import type { Db } from '#src/db/scope.ts'
import { PRESET_NAMES, permissionsOf } from '#src/permissions.ts'

const columns = [
  'role.id',
  'role.name',
  'role.preset',
  'role.permissions',
  'role.assignable',
  'role.by_default',
] as const

type Named = { name: string; preset: string | null }

/** Presets in the catalogue's order, then the tenant's own by name. */
const inOrder = <T extends Named>(roles: T[]): T[] => {
  const presets: readonly string[] = PRESET_NAMES
  const rank = ({ preset }: Named) => (preset ? presets.indexOf(preset) : presets.length)
  return roles.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

/** Every role with the number of people who hold it: presets first, then the tenant's own by name. */
export const listRoles = async (db: Db) => {
  const [roles, held] = await Promise.all([
    allRoles(db),
    db
      .selectFrom('contact')
      .select(['role_id', (eb) => eb.fn.countAll<number>().as('people')])
      .where('archived_at', 'is', null)
      .where('role_id', 'is not', null)
      .groupBy('role_id')
      .execute(),
  ])
  const people = new Map(held.map((row) => [row.role_id, row.people]))
  return roles.map((role) => ({ ...role, people: people.get(role.id) ?? 0 }))
}

export type RoleRow = Awaited<ReturnType<typeof listRoles>>[number]

export const findRole = (db: Db, id: string) =>
  db.selectFrom('role').select(columns).where('id', '=', id).executeTakeFirst()

export type Role = NonNullable<Awaited<ReturnType<typeof findRole>>>

/** The roles that a company was narrowed to; none means that it may hold every one. */
export const narrowedTo = async (db: Db, companyId: string): Promise<Set<string>> => {
  const rows = await db
    .selectFrom('company_role')
    .select('role_id')
    .where('company_id', '=', companyId)
    .execute()
  return new Set(rows.map((row) => row.role_id))
}

/** The same for every company that was narrowed. */
export const narrowings = async (db: Db): Promise<Map<string, Set<string>>> => {
  const rows = await db.selectFrom('company_role').select(['company_id', 'role_id']).execute()
  const companies = Map.groupBy(rows, (row) => row.company_id)
  return new Map([...companies].map(([id, held]) => [id, new Set(held.map((row) => row.role_id))]))
}

/** The roles that people of this company may hold, presets first. */
export const rolesFor = async (db: Db, companyId: string): Promise<Role[]> => {
  const [roles, narrowed] = await Promise.all([allRoles(db), narrowedTo(db, companyId)])
  return narrowed.size === 0 ? roles : roles.filter((role) => narrowed.has(role.id))
}

export const allRoles = async (db: Db): Promise<Role[]> =>
  inOrder(await db.selectFrom('role').select(columns).execute())

/** What somebody gets who is invited without a role being chosen: the tenant's default, else what opens least. */
export const defaultAmong = (roles: Role[]): Role | undefined =>
  roles.find((role) => role.by_default) ??
  roles.toSorted((a, b) => permissionsOf(a).size - permissionsOf(b).size)[0]
