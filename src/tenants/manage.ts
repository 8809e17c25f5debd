import { sql } from 'kysely'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'

type Listed = { id: string; slug: string; name: string; suspendedAt: Date | null }

/** Every tenant of the install, suspended ones too, by slug. */
export const listTenants = async (): Promise<Listed[]> =>
  asSystem('list tenants', (db) =>
    db
      .selectFrom('tenant')
      .select(['tenant_id as id', 'slug', 'name', 'suspended_at as suspendedAt'])
      .orderBy('slug')
      .execute(),
  )

/** The tenant's id, suspended or not. */
export const tenantIdOf = async (slug: string): Promise<string | undefined> => {
  const row = await asSystem('find a tenant', (db) =>
    db.selectFrom('tenant').select('tenant_id').where('slug', '=', slug).executeTakeFirst(),
  )
  return row?.tenant_id
}

const setSuspended = async (slug: string, suspended: boolean) => {
  const { numUpdatedRows } = await asSystem(suspended ? 'suspend a tenant' : 'resume a tenant', (db) =>
    db
      .updateTable('tenant')
      .set({ suspended_at: suspended ? sql`coalesce(suspended_at, now())` : null })
      .where('slug', '=', slug)
      .executeTakeFirst(),
  )
  return numUpdatedRows > 0n
}

/** Shuts the tenant's doors: nobody signs in, sessions end with the next request; its data stays. False: no such slug. */
export const suspendTenant = (slug: string): Promise<boolean> => setSuspended(slug, true)

/** Opens them again. False: no such slug. */
export const resumeTenant = (slug: string): Promise<boolean> => setSuspended(slug, false)

/** A host name such as `portal.example.com`. */
export const hostInput = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/)

/** Lets the tenant answer at a host name of its own. */
export const addHost = async (
  slug: string,
  host: string,
): Promise<'added' | 'no-tenant' | 'not-a-host' | 'taken'> => {
  const name = hostInput.safeParse(host)
  if (!name.success) return 'not-a-host'
  const tenantId = await tenantIdOf(slug)
  if (!tenantId) return 'no-tenant'
  return asSystem(
    'add a host',
    async (db) => {
      await db
        .insertInto('tenant_host')
        .values({ host: name.data })
        .onConflict((c) => c.doNothing())
        .execute()
      // the operator's word counts without a look at the DNS
      await db
        .updateTable('tenant_host')
        .set({ verified_at: sql<Date>`now()` })
        .where('host', '=', name.data)
        .where('verified_at', 'is', null)
        .execute()
      const own = await db
        .selectFrom('tenant_host')
        .select('host')
        .where('host', '=', name.data)
        .executeTakeFirst()
      return own ? 'added' : 'taken'
    },
    tenantId,
  )
}
