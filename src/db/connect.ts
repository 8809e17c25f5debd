import { createHash, createHmac } from 'node:crypto'
import pg from 'pg'

/** The doors to the database: each connects as its own role. `preview` is the portal's read-only twin. */
export const SURFACES = ['public', 'portal', 'preview', 'staff', 'system', 'worker'] as const
export type Surface = (typeof SURFACES)[number]
export const roleOf = (surface: Surface) => `cp_${surface}`

// Counts and byte sizes are far below 2^53; a Date keeps the milliseconds that timestamptz(3) has.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export type DatabaseUrls = { owner: string; direct: string; pooled: boolean } & Record<Surface, string>

/** A surface's password: derived, so that nothing but APP_SECRET has to be kept. */
export const rolePassword = (secret: string, surface: Surface) =>
  createHmac('sha256', secret)
    .update(`database role ${roleOf(surface)}`)
    .digest('base64url')

const withRole = (url: string, surface: Surface, secret: string) => {
  const parsed = new URL(url)
  parsed.username = roleOf(surface)
  parsed.password = rolePassword(secret, surface)
  return parsed.toString()
}

/** Which URL each role uses: what the operator set, else the owner's URL with the role's name and derived password. */
export const databaseUrls = (options: {
  url: string
  direct?: string | undefined
  secret: string
  overrides?: Partial<Record<Surface, string | undefined>>
}): DatabaseUrls => {
  const direct = options.direct ?? options.url
  const roles = SURFACES.map((surface) => {
    // the worker listens, so it never goes through a pooler
    const base = surface === 'worker' ? direct : options.url
    return [surface, options.overrides?.[surface] ?? withRole(base, surface, options.secret)]
  })
  return { ...Object.fromEntries(roles), owner: direct, direct, pooled: Boolean(options.direct) }
}

/** A pg client that prepares each statement once for a connection and sends without waiting for the last answer. */
export type Client = pg.PoolClient

type Stream = { cork(): void; uncork(): void }
const gathering = new WeakSet<Client>()

/** Sends what is asked in this turn of the event loop in one write: waking the server costs more than a small statement. */
export const gather = (client: Client) => {
  const { stream } = (client as Client & { connection: { stream: Stream } }).connection
  if (gathering.has(client)) return
  gathering.add(client)
  stream.cork()
  process.nextTick(() => {
    gathering.delete(client)
    stream.uncork()
  })
}

let urls: DatabaseUrls | undefined
let size = 10
const pools = new Map<Surface, pg.Pool>()

export const useDatabase = (given: DatabaseUrls, poolSize = 10) => {
  urls = given
  size = poolSize
}

export const currentUrls = () => {
  if (!urls) throw new Error('useDatabase() has not been called')
  return urls
}

export const pool = (surface: Surface): pg.Pool => {
  const existing = pools.get(surface)
  if (existing) return existing
  const { pooled, [surface]: connectionString } = currentUrls()
  const made = new pg.Pool({
    connectionString,
    max: size,
    pipeline: !pooled,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
    application_name: `client-portal ${surface}`,
  } as pg.PoolConfig)
  // A connection that broke is replaced, and its queries report what matters; an error that nobody listens to, of one that
  // is idle or of one in use, would end the process.
  made.on('error', () => {})
  made.on('connect', (client) => client.on('error', () => {}))
  pools.set(surface, made)
  return made
}

export const closePools = async () => {
  const open = [...pools.values()]
  pools.clear()
  await Promise.all(open.map((p) => p.end()))
}

const names = new Map<string, string>()

/** The name under which a statement is prepared on its connections; none through a pooler, which may swap them. */
export const statementName = (sql: string): string | undefined => {
  if (urls?.pooled) return undefined
  const known = names.get(sql)
  if (known) return known
  if (names.size > 2_000) return undefined
  const made = createHash('sha1').update(sql).digest('base64url')
  names.set(sql, made)
  return made
}
