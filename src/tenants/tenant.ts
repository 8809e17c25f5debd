import { systemQuery } from '#src/db/scope.ts'
import { settingsOf, type TenantSettings } from '#src/tenants/settings.ts'

/** What a page or mail needs to know of the tenant that it speaks for. */
export type Tenant = {
  id: string
  slug: string
  name: string
  locale: string
  timeZone: string
  supportEmail: string
  supportPhone: string | null
  deskHours: string | null
  welcome: string | null
  brandColor: string
  logoHash: string | null
  settings: TenantSettings
}

/** The columns that `tenantOf` reads, of a table with the alias `t`. */
export const TENANT_COLUMNS = `t.tenant_id, t.slug, t.name as tenant_name, t.locale as tenant_locale, t.time_zone as tenant_time_zone,
  t.support_email, t.support_phone, t.desk_hours, t.welcome, t.brand_color, t.logo_hash, t.settings`

export type TenantRow = {
  tenant_id: string
  slug: string
  tenant_name: string
  tenant_locale: string
  tenant_time_zone: string
  support_email: string
  support_phone: string | null
  desk_hours: string | null
  welcome: string | null
  brand_color: string
  logo_hash: string | null
  settings: unknown
}

export const tenantOf = (row: TenantRow): Tenant => ({
  id: row.tenant_id,
  slug: row.slug,
  name: row.tenant_name,
  locale: row.tenant_locale,
  timeZone: row.tenant_time_zone,
  supportEmail: row.support_email,
  supportPhone: row.support_phone,
  deskHours: row.desk_hours,
  welcome: row.welcome,
  brandColor: row.brand_color,
  logoHash: row.logo_hash,
  settings: settingsOf(row.settings),
})

const one = async (condition: string, values: unknown[]) => {
  const [row] = await systemQuery<TenantRow>(
    `select ${TENANT_COLUMNS} from tenant t where t.suspended_at is null and ${condition} limit 1`,
    values,
  )
  return row && tenantOf(row)
}

/** The tenant that is meant before anybody has signed in; suspended ones are not there. */
export const tenantById = (id: string) => one('t.tenant_id = $1', [id])
export const tenantBySlug = (slug: string) => one('t.slug = $1', [slug])
export const tenantByHost = (host: string) =>
  one(
    't.tenant_id = (select h.tenant_id from tenant_host h where h.host = $1 and h.verified_at is not null)',
    [host],
  )

/** The tenant of an install that has just one, so that its shared address needs no `?tenant=`. */
export const onlyTenant = () => one('(select count(*) from (select from tenant limit 2) two) = 1', [])
