import { PRESET_NAMES, type Preset } from '#src/permissions.ts'
import { sha256 } from '#src/secret.ts'
import type { BulkWriter } from './bulk.ts'
import type { Chance } from './chance.ts'
import { type Company, writeCompany } from './companies.ts'
import type { Sizes } from './sizes.ts'
import { personName } from './words.ts'

export type Tenant = {
  id: string
  slug: string
  roles: Map<Preset, string>
  categories: { id: string; confidential: boolean }[]
  staff: { id: string; name: string }[]
  /** The number of the last ticket. */
  tickets: number
}

/** A logo of the size that logos have. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 40"><g fill="#175c70">${Array.from(
  { length: 30 },
  (_, n) => `<path d="M${n * 8} ${(n * 7) % 30}h6v${6 + (n % 5)}q-3 2-6 0z"/>`,
).join('')}</g></svg>`

const CATEGORIES = [
  'Computers and phones',
  'E-mail',
  'Network and internet',
  'Software and licenses',
  'New people and leavers',
  'Personnel matters',
]

const tenantRow = (id: string, slug: string, number: number, at: string) => ({
  tenant_id: id,
  slug,
  name: `Managed IT ${number}`,
  locale: 'en-US',
  time_zone: 'America/Los_Angeles',
  support_email: `support@${slug}.example`,
  support_phone: '+1 206 555 0142',
  desk_hours: 'Monday to Friday, 7 to 18',
  brand_color: '#175c70',
  logo_type: 'image/svg+xml' as const,
  logo_hash: sha256(LOGO).toString('hex').slice(0, 12),
  logo: Buffer.from(LOGO),
  created_at: at,
})

const writeTenant = (write: BulkWriter, chance: Chance, number: number, at: Date): Tenant => {
  const tenant_id = chance.id(at)
  const slug = `it-${number}`
  write.add('tenant', tenantRow(tenant_id, slug, number, at.toISOString()))
  return { id: tenant_id, slug, roles: new Map(), categories: [], staff: [], tickets: 0 }
}

const furnish = (write: BulkWriter, chance: Chance, tenant: Tenant, at: Date) => {
  for (const preset of PRESET_NAMES) {
    const id = chance.id(at)
    tenant.roles.set(preset, id)
    write.add('role', { tenant_id: tenant.id, id, name: preset, preset })
  }
  CATEGORIES.forEach((name, position) => {
    const category = { id: chance.id(at), confidential: name === 'Personnel matters' }
    tenant.categories.push(category)
    write.add('category', { tenant_id: tenant.id, ...category, name, position })
  })
  for (let n = 0; n < 6; n++) {
    const person = { id: chance.id(at), name: personName(chance) }
    tenant.staff.push(person)
    write.add('staff_member', { tenant_id: tenant.id, ...person, title: 'Service Desk' })
  }
}

/** Tenants with their roles, categories, staff, companies and people. The special companies belong to the first one. */
export const writeTenants = async (
  write: BulkWriter,
  chance: Chance,
  sizes: Sizes,
  at: Date,
): Promise<Company[]> => {
  const companies: Company[] = []
  for (let number = 1; number <= sizes.tenants; number++) {
    const tenant = writeTenant(write, chance, number, at)
    furnish(write, chance, tenant, at)
    for (let n = 0; n < sizes.companies; n++)
      companies.push(writeCompany(write, chance, tenant, companies.length, at))
    await write.flushIfFull()
  }
  return companies
}
