import { sql } from 'kysely'
import { asSystem, type Db } from '#src/db/scope.ts'
import { type Purpose, resealed, seal, unseal } from '#src/seal.ts'

export type SecretName = Exclude<Purpose, 'totp'>

/** Keeps a secret of the tenant; nobody can read it again, staff see its last four characters at most. */
export const keepSecretOf = async (db: Db, name: SecretName, plain: string, hint = '') => {
  const row = { sealed: seal(db.tenant, name, plain), hint, set_at: sql<Date>`now()` }
  await db
    .insertInto('tenant_secret')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doUpdateSet(row))
    .execute()
}

export const forgetSecret = async (db: Db, name: SecretName) => {
  await db.deleteFrom('tenant_secret').where('name', '=', name).execute()
}

/** Which secrets there are, since when, and how they end. */
export const secretsThere = async (db: Db) => {
  const rows = await db.selectFrom('tenant_secret').select(['name', 'hint', 'set_at']).execute()
  return new Map(rows.map((row) => [row.name, row]))
}

/** Opens a secret, for the one who uses it. `db` is the system's; undefined when there is none. Throws CannotUnseal. */
export const openSecret = async (db: Db, name: SecretName): Promise<string | undefined> => {
  const row = await db
    .selectFrom('tenant_secret')
    .select('sealed')
    .where('name', '=', name)
    .executeTakeFirst()
  return row && unseal(db.tenant, name, row.sealed).toString()
}

/** The tenant's secret, opened outside of a request's own transaction. */
export const secretOf = (tenant: string, name: SecretName): Promise<string | undefined> =>
  asSystem('open a secret', (db) => openSecret(db, name), tenant)

type Rotated = { again: number; lost: string[] }

const attempt = (rotated: Rotated, what: string, work: () => Buffer | undefined) => {
  try {
    return work()
  } catch {
    rotated.lost.push(what)
    return undefined
  }
}

/**
 * Seals everything under today's APP_SECRET again, all or nothing. Answers how many values that were, and which can't be
 * opened any more: neither APP_SECRET nor APP_SECRET_PREVIOUS fits them.
 */
export const rotateSecrets = (): Promise<Rotated> =>
  asSystem('rotate secrets', async (db) => {
    const rotated: Rotated = { again: 0, lost: [] }
    const secrets = await db.selectFrom('tenant_secret').selectAll().forUpdate().execute()
    for (const { tenant_id, name, sealed } of secrets) {
      const next = attempt(rotated, `${name} of tenant ${tenant_id}`, () => resealed(tenant_id, name, sealed))
      if (!next) continue
      rotated.again += 1
      await db
        .updateTable('tenant_secret')
        .set({ sealed: next })
        .where('tenant_id', '=', tenant_id)
        .where('name', '=', name)
        .execute()
    }
    const staff = await db
      .selectFrom('staff_member')
      .select(['tenant_id', 'id', 'totp_secret'])
      .where('totp_secret', 'is not', null)
      .forUpdate()
      .execute()
    for (const { tenant_id, id, totp_secret } of staff) {
      const next = attempt(rotated, `second factor of staff member ${id}`, () =>
        totp_secret ? resealed(tenant_id, 'totp', totp_secret) : undefined,
      )
      if (!next) continue
      rotated.again += 1
      await db
        .updateTable('staff_member')
        .set({ totp_secret: next })
        .where('tenant_id', '=', tenant_id)
        .where('id', '=', id)
        .execute()
    }
    return rotated
  })
