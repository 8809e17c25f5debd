import pg from 'pg'
import { uuidv7 } from 'uuidv7'

/** What an address can be to the portal. `limited` has used up its hour. */
export const SORTS = [
  'known',
  'unknown',
  'disabled',
  'uninvited',
  'otherTenant',
  'severalCompanies',
  'limited',
] as const
export type Sort = (typeof SORTS)[number]

export const SLUG = 'bench-sign-in'
const OTHER = 'bench-sign-in-2'

export const addressOf = (sort: Sort, at: number) => `${sort.toLowerCase()}.${at}@sign-in.example`

const GONE = ['login_link', 'session', 'mail', 'contact', 'company', 'role', 'tenant']
  .map(
    (table) =>
      `delete from ${table} where tenant_id in (select tenant_id from tenant where slug like '${SLUG}%');`,
  )
  .join('\n')

const TENANT = `insert into tenant (tenant_id, slug, name, support_email) values ($1, $2, $2, 'support@sign-in.example')`
const ROLE = `insert into role (tenant_id, id, name, preset) values ($1, $2, 'User', 'user')`
const COMPANY = 'insert into company (tenant_id, id, name, name_key) values ($1, $2, $3, $3)'
const CONTACTS = `insert into contact (tenant_id, id, company_id, name, email, email_key, role_id, disabled_at)
  select $1, gen_random_uuid(), $2, 'Somebody', email, email, $4, $5 from unnest($3::text[]) email`

/** A connection as the owner, for what the app's doors don't offer. */
export const openOwner = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** Two tenants with so many people of each sort. Replaces what an earlier run left. */
export const castSignIn = async (owner: pg.Client, each: number) => {
  await owner.query(GONE)
  const addresses = (sort: Sort) => Array.from({ length: each }, (_, at) => addressOf(sort, at))
  const tenant = async (slug: string) => {
    const [id, role, first, second] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
    await owner.query(TENANT, [id, slug])
    await owner.query(ROLE, [id, role])
    for (const [company, name] of [
      [first, 'First'],
      [second, 'Second'],
    ])
      await owner.query(COMPANY, [id, company, name])
    const add = (company: string, sort: Sort, may: { role: string | null; disabled: Date | null }) =>
      owner.query(CONTACTS, [id, company, addresses(sort), may.role, may.disabled])
    return { role, first, second, add }
  }
  const own = await tenant(SLUG)
  const other = await tenant(OTHER)
  const user = { role: own.role, disabled: null }
  await own.add(own.first, 'known', user)
  await own.add(own.first, 'disabled', { ...user, disabled: new Date() })
  await own.add(own.first, 'uninvited', { role: null, disabled: null })
  await own.add(own.first, 'severalCompanies', user)
  await own.add(own.second, 'severalCompanies', user)
  await own.add(own.first, 'limited', user)
  await other.add(other.first, 'otherTenant', { role: other.role, disabled: null })
  await owner.query('analyze contact')
  return { forget: () => owner.query(GONE) }
}

/** Lets this machine go on asking: forgets how often it did, and what waits in the queue. */
export const refresh = (owner: pg.Client) => owner.query('delete from rate_count')

export const emptyQueue = (owner: pg.Client) => owner.query('delete from graphile_worker._private_jobs')
