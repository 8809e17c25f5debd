import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { asSystem, type Db } from '#src/db/scope.ts'
import { sha256 } from '#src/secret.ts'
import { insertTenant } from '#src/tenants/create.ts'
import type { TenantInput } from '#src/tenants/input.ts'

const DAYS = 7

/**
 * A one-time link's token, 256 bits as base64url; only its hash is stored. It lives for seven days and creates one
 * tenant, whose slug it may fix.
 */
export const createSetupLink = async (slug?: string): Promise<{ token: string }> => {
  const token = randomBytes(32).toString('base64url')
  await asSystem('create a set-up link', (db) =>
    db
      .insertInto('setup_link')
      .values({
        id: uuidv7(),
        token_hash: sha256(token),
        slug: slug ?? null,
        expires_at: sql<Date>`now() + make_interval(days => ${DAYS}::int)`,
      })
      .execute(),
  )
  return { token }
}

const usable = (db: Db, token: string) =>
  db
    .selectFrom('setup_link')
    .select(['id', 'slug'])
    .where('token_hash', '=', sha256(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)

/** What the link fixes, before it is used; undefined when it is wrong, expired or used. */
export const readSetupLink = async (token: string): Promise<{ slug: string | null } | undefined> =>
  asSystem('read a set-up link', (db) => usable(db, token).executeTakeFirst())

const use = async (db: Db, id: string) => {
  const used = await db
    .updateTable('setup_link')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst()
  if (!used) throw new Error('the set-up link was used although its row was locked')
}

export type SetUp<T = void> =
  | { outcome: 'created'; tenantId: string; also: T }
  | { outcome: 'no-link' | 'slug-taken' }

/**
 * Uses the link up and creates its tenant, or does neither: of many at the same time, one creates. `also` belongs to it:
 * it gets the new tenant's handle, and what it throws undoes everything.
 */
export const consumeSetupLink = async <T>(
  token: string,
  input: TenantInput,
  also: (db: Db) => Promise<T>,
): Promise<SetUp<T>> => {
  const tenantId = uuidv7()
  return asSystem(
    'use a set-up link',
    async (db): Promise<SetUp<T>> => {
      const link = await usable(db, token).forUpdate().executeTakeFirst()
      if (!link) return { outcome: 'no-link' }
      if (!(await insertTenant(db, { ...input, slug: link.slug ?? input.slug })))
        return { outcome: 'slug-taken' }
      const made = await also(db)
      await use(db, link.id)
      return { outcome: 'created', tenantId, also: made }
    },
    tenantId,
  )
}
