import type { Db } from '#src/db/scope.ts'

const columns = [
  'role.id',
  'role.name',
  'role.preset',
  'role.permissions',
  'role.assignable',
  'role.by_default',
] as const

/** Every role with the number of people who hold it: presets first, then the tenant's own by name. */
export const listRoles = (db: Db) =>
  db
    .selectFrom('role')
    .leftJoin('contact', (join) =>
      join.onRef('contact.role_id', '=', 'role.id').on('contact.archived_at', 'is', null),
    )
    .select(columns)
    .select((eb) => [
      eb.fn.count<number>('contact.id').as('people'),
      eb.fn.count<number>('contact.company_id').distinct().as('companies'),
    ])
    .groupBy(columns)
    .orderBy((eb) => eb('role.preset', 'is', null))
    .orderBy('role.created_at')
    .orderBy('role.name')
    .groupBy('role.created_at')
    .execute()

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

/** The roles that people of this company may hold, presets first. */
export const rolesFor = async (db: Db, companyId: string): Promise<Role[]> => {
  const [roles, narrowed] = await Promise.all([
    db
      .selectFrom('role')
      .select(columns)
      .orderBy((eb) => eb('preset', 'is', null))
      .orderBy('created_at')
      .orderBy('name')
      .execute(),
    narrowedTo(db, companyId),
  ])
  return narrowed.size === 0 ? roles : roles.filter((role) => narrowed.has(role.id))
}

/** What somebody gets who is invited without a role being chosen: the tenant's default if her company may hold it. */
export const defaultAmong = (roles: Role[]): Role | undefined =>
  roles.find((role) => role.by_default) ?? roles.find((role) => role.preset === 'user') ?? roles[0]
