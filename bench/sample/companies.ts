import type { Preset } from '#src/permissions.ts'
import type { BulkWriter } from './bulk.ts'
import type { Chance } from './chance.ts'
import type { Tenant } from './tenants.ts'
import { companyName, jobTitle, personName } from './words.ts'

export type Person = { id: string; name: string }
export type Company = { tenant: Tenant; id: string; people: Person[] }

/** The companies that the bench looks at, by their place in the list, and how many people each has. */
export const SPECIAL = [
  { domain: 'largest.example', people: 200 },
  { domain: 'measured.example', people: 40 },
  { domain: 'writing.example', people: 12 },
]

const FIRST_FEW: Preset[] = ['admin', 'manager', 'approver', 'accounting', 'user', 'viewer']

const presetOf = (chance: Chance, place: number): Preset | null =>
  FIRST_FEW[place] ?? (chance.happens(0.3) ? null : chance.happens(0.15) ? 'viewer' : 'user')

/** The first six have one preset each, and are called after it in their addresses. */
const writePerson = (write: BulkWriter, chance: Chance, company: Company, domain: string, at: Date) => {
  const place = company.people.length
  const preset = presetOf(chance, place)
  const person = { id: chance.id(at), name: personName(chance) }
  const email = `${FIRST_FEW[place] ?? `person-${place}`}@${domain}`
  company.people.push(person)
  write.add('contact', {
    tenant_id: company.tenant.id,
    ...person,
    company_id: company.id,
    email,
    email_key: email,
    title: jobTitle(chance),
    role_id: preset && (company.tenant.roles.get(preset) ?? null),
    created_at: at.toISOString(),
  })
}

export const writeCompany = (
  write: BulkWriter,
  chance: Chance,
  tenant: Tenant,
  number: number,
  at: Date,
): Company => {
  const company = { tenant, id: chance.id(at), people: [] }
  const name = companyName(chance, number)
  write.add('company', { tenant_id: tenant.id, id: company.id, name, name_key: name.toLowerCase() })
  const { domain, people } = SPECIAL[number] ?? {
    domain: `company-${number}.example`,
    people: 3 + chance.below(11),
  }
  for (let n = 0; n < people; n++) writePerson(write, chance, company, domain, at)
  return company
}
