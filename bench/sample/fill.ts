import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '#src/root.ts'
import { sha256 } from '#src/secret.ts'
import { bulkWriter } from './bulk.ts'
import { type Chance, chanceOf } from './chance.ts'
import type { Company } from './companies.ts'
import { MESSAGES, type Sizes } from './sizes.ts'
import { writeTenants } from './tenants.ts'
import { writeTicket } from './tickets.ts'

/** Of what this folder makes: one more whenever the data would come out otherwise. */
const VERSION = 2
const SEED = 20_251_101
const DAY = 86_400_000
const YEARS = 2

/** Names the schema and the data that `fill` would make: a database with the same stamp need not be filled again. */
export const stampOf = (sizes: Sizes): string => {
  const folder = join(root, 'db', 'migrations')
  const migrations = readdirSync(folder).map((file) => readFileSync(join(folder, file)))
  const hash = sha256(Buffer.concat(migrations)).toString('hex').slice(0, 12)
  return `bench ${VERSION} ${hash} ${Object.values(sizes).join(' ')}`
}

/** Which company each ticket belongs to, in the order of time: some have many, most have few. */
const companiesOfTickets = (chance: Chance, companies: Company[], sizes: Sizes): Company[] => {
  const [largest, measured, ...others] = companies
  if (!largest || !measured) throw new Error('there must be two companies at least')
  const rest = sizes.tickets - sizes.largest - sizes.measured
  const desks = companies.slice(sizes.companies, 2 * sizes.companies)
  chance.shuffle(others)
  const skewed = Array.from(
    { length: rest },
    () => others[Math.floor(others.length * chance.number() ** 2)] ?? largest,
  )
  return chance.shuffle([
    ...new Array<Company>(sizes.largest).fill(largest),
    ...new Array<Company>(sizes.measured).fill(measured),
    ...skewed,
    ...Array.from({ length: sizes.desk }, () => chance.pick(desks)),
  ])
}

/** Fills a migrated database, as the superuser: two years of tickets, the last messages of which are of today. The same seed gives the same rows. */
export const fill = async (adminUrl: string, sizes: Sizes) => {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  // without the triggers of foreign keys: looking up a million keys one by one takes most of the time
  await client.query('set session_replication_role = replica')
  const write = bulkWriter(client)
  const chance = chanceOf(SEED)
  const today = Math.floor(Date.now() / DAY) * DAY
  const first = today - YEARS * 365 * DAY
  const companies = await writeTenants(write, chance, sizes, new Date(first))
  await write.flush()
  // the longest conversation takes six days
  const step = (today - 7 * DAY - first) / (sizes.tickets + sizes.desk)
  for (const [place, company] of companiesOfTickets(chance, companies, sizes).entries()) {
    writeTicket(
      write,
      chance,
      company,
      new Date(first + place * step),
      MESSAGES[place % MESSAGES.length] ?? 1,
    )
    await write.flushIfFull()
  }
  for (const { id, tickets } of new Set(companies.map((company) => company.tenant)))
    write.add('counter', { tenant_id: id, name: 'ticket', value: tickets })
  await write.flush()
  await write.settle()
  await client.query(`comment on schema public is ${pg.escapeLiteral(stampOf(sizes))}`)
  await client.end()
}

/** The stamp of what is in a database; undefined when it is empty or was left half filled. */
export const stampIn = async (ownerUrl: string): Promise<string | undefined> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ stamp: string | null }>(
    `select obj_description('public'::regnamespace) as stamp`,
  )
  await client.end()
  return rows[0]?.stamp ?? undefined
}
