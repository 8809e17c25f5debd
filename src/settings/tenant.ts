import { sql } from 'kysely'
import type { Json } from '#src/db/schema.gen.ts'
import type { Db } from '#src/db/scope.ts'
import { settingsOf } from '#src/tenants/settings.ts'

/** The tenant's row as it is in this transaction. */
export const tenantNow = async (db: Db) => {
  const row = await db
    .selectFrom('tenant')
    .select(['name', 'support_email', 'support_phone', 'desk_hours', 'welcome', 'brand_color', 'logo_hash'])
    .select('settings')
    .executeTakeFirstOrThrow()
  return { ...row, settings: settingsOf(row.settings) }
}

/** Sets some keys of the tenant's settings and leaves the others as they are. */
export const changeSettings = async (db: Db, patch: { [key: string]: Json }) => {
  await db
    .updateTable('tenant')
    .set({ settings: sql<Json>`settings || ${JSON.stringify(patch)}::jsonb` })
    .execute()
}

export const dropSetting = async (db: Db, name: 'mailer') => {
  await db
    .updateTable('tenant')
    .set({ settings: sql<Json>`settings - ${name}::text` })
    .execute()
}
