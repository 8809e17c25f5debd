import type { Db } from '#src/db/scope.ts'
import { nameKey } from '#src/imports/known.ts'
import { canBeInvited } from '#src/people/invite.ts'
import { findByAddresses, type Person } from '#src/people/queries.ts'
import type { Column, RowProblem, UploadRow } from '#src/people/upload.ts'
import { allRoles, defaultAmong, narrowings, type Role } from '#src/roles/queries.ts'
import { addressProblem, emailKey } from '#src/sign-in/address.ts'

/** What a row of the file comes to. `person` is there when the company knows the address. */
export type Step = {
  row: number
  name: string
  email: string
  company: { id: string; name: string }
  role: Role
  person: Person | undefined
  does: 'add' | 'invite' | 'nothing'
}

export type Plan = { steps: Step[]; problems: RowProblem[] }

const MAX_NAME = 200

const companiesByName = async (db: Db) => {
  const rows = await db
    .selectFrom('company')
    .select(['id', 'name', 'name_key'])
    .where('archived_at', 'is', null)
    .execute()
  return Map.groupBy(rows, (row) => row.name_key)
}

const known = async (db: Db, rows: UploadRow[]) => {
  const [companies, roles, narrowed, people] = await Promise.all([
    companiesByName(db),
    allRoles(db),
    narrowings(db),
    findByAddresses(db, [...new Set(rows.map((row) => emailKey(row.email)))]),
  ])
  const held = new Map(
    people.map((person) => [`${person.company_id} ${emailKey(person.email ?? '')}`, person]),
  )
  const rolesAt = (company: string) => {
    const only = narrowed.get(company)
    return only ? roles.filter((role) => only.has(role.id)) : roles
  }
  return { companies, held, rolesAt }
}

type Known = Awaited<ReturnType<typeof known>>
type Say = (column: Column, key: RowProblem['key'], values?: RowProblem['values']) => undefined

const companyOf = (row: UploadRow, { companies }: Known, say: Say) => {
  if (row.company === '') return say('company', 'form.required')
  const found = companies.get(nameKey(row.company)) ?? []
  if (found.length > 1) return say('company', 'people.upload.twoCompanies', { name: row.company })
  return found[0] ?? say('company', 'people.upload.noCompany', { name: row.company })
}

const roleOf = (row: UploadRow, roles: Role[], person: Person | undefined, say: Say) => {
  if (row.role === '') return roles.find((role) => role.id === person?.role_id) ?? defaultAmong(roles)
  const wanted = row.role.toLowerCase()
  const found = roles.find((role) => role.name.toLowerCase() === wanted || role.preset === wanted)
  const values = { role: row.role, roles: roles.map((role) => role.name).join(', ') }
  return found ?? say('role', 'people.upload.noRole', values)
}

const stepOf = (row: UploadRow, facts: Known, say: Say): Step | undefined => {
  const malformed = addressProblem(row.email)
  if (malformed) say('email', malformed)
  const company = companyOf(row, facts, say)
  const person = company && facts.held.get(`${company.id} ${emailKey(row.email)}`)
  if (person?.archived_at) say('email', 'people.email.takenArchived', { name: person.name })
  if (person?.disabled_at) say('email', 'people.upload.disabled', { name: person.name })
  if (!person && row.name === '') say('name', 'form.required')
  if (row.name.length > MAX_NAME)
    say('name', 'form.tooLong', { over: row.name.length - MAX_NAME, max: MAX_NAME })
  const role = company && roleOf(row, facts.rolesAt(company.id), person, say)
  if (!company || !role) return undefined
  const does = person ? (canBeInvited(person) ? 'invite' : 'nothing') : 'add'
  return { row: row.row, name: person?.name ?? row.name, email: row.email, company, role, person, does }
}

/** What the rows come to, and everything that is wrong with them, by row and column. Changes nothing. */
export const planUpload = async (db: Db, rows: UploadRow[]): Promise<Plan> => {
  const facts = await known(db, rows)
  const problems: RowProblem[] = []
  const steps: Step[] = []
  const seen = new Map<string, number>()
  for (const row of rows) {
    const say: Say = (column, key, values = {}) => {
      problems.push({ row: row.row, column, key, values })
      return undefined
    }
    const step = stepOf(row, facts, say)
    if (!step) continue
    const place = `${step.company.id} ${emailKey(step.email)}`
    const first = seen.get(place)
    if (first) say('email', 'people.upload.twice', { row: first })
    else seen.set(place, row.row)
    steps.push(step)
  }
  return { steps, problems }
}
