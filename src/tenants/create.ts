import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { asSystem, type Db } from '#src/db/scope.ts'
import { PRESET_NAMES, type Preset } from '#src/permissions.ts'
import { sha256 } from '#src/secret.ts'
import { type TenantInput, tenantInput } from '#src/tenants/input.ts'

type Checked = z.output<typeof tenantInput>

// what a company's own admin may give to a colleague, until the tenant says otherwise
const ASSIGNABLE: Preset[] = ['viewer', 'user']

const tenantRow = ({ logo, ...tenant }: Checked) => ({
  slug: tenant.slug,
  name: tenant.name,
  support_email: tenant.supportEmail,
  support_phone: tenant.supportPhone ?? null,
  desk_hours: tenant.deskHours ?? null,
  welcome: tenant.welcome ?? null,
  locale: tenant.locale,
  time_zone: tenant.timeZone,
  brand_color: tenant.brandColor,
  logo: logo?.content ?? null,
  logo_type: logo?.type ?? null,
  logo_hash: logo ? sha256(logo.content).toString('hex').slice(0, 12) : null,
})

const presetRole = (preset: Preset) => ({
  id: uuidv7(),
  name: preset.charAt(0).toUpperCase() + preset.slice(1),
  preset,
  assignable: ASSIGNABLE.includes(preset),
  by_default: preset === 'user',
})

/** Writes the tenant that `db` is scoped to, with its roles and categories. False when the slug is taken. */
export const insertTenant = async (db: Db, input: TenantInput): Promise<boolean> => {
  const tenant = tenantInput.parse(input)
  const inserted = await db
    .insertInto('tenant')
    .values(tenantRow(tenant))
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) return false
  await db.insertInto('role').values(PRESET_NAMES.map(presetRole)).execute()
  const categories = tenant.categories.map((category, position) => ({ ...category, id: uuidv7(), position }))
  if (categories.length > 0) await db.insertInto('category').values(categories).execute()
  return true
}

/** Begins a tenant and answers its id; undefined when the slug is taken. */
export const createTenant = async (input: TenantInput): Promise<string | undefined> => {
  const id = uuidv7()
  return asSystem('create a tenant', async (db) => ((await insertTenant(db, input)) ? id : undefined), id)
}
