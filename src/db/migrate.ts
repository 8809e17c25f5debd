import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import pg from 'pg'
import { type DatabaseUrls, roleOf, SURFACES } from '#src/db/connect.ts'
import { root } from '#src/root.ts'

const folder = () => join(root, 'db', 'migrations')

/** Plain SQL files, forward only, in the order of their names. */
const files: MigrationProvider = {
  async getMigrations() {
    const names = (await readdir(folder())).filter((name) => name.endsWith('.sql')).sort()
    const entries = names.map(async (name): Promise<[string, Migration]> => {
      const text = await readFile(join(folder(), name), 'utf8')
      return [name.replace('.sql', ''), { up: async (db) => void (await sql.raw(text).execute(db)) }]
    })
    return Object.fromEntries(await Promise.all(entries))
  },
}

/** The names of our migrations, in order. */
export const migrationNames = async (): Promise<string[]> => Object.keys(await files.getMigrations()).sort()

const MINIMUM = 150014

const checkServer = async (client: pg.Client) => {
  const { rows } = await client.query<{
    version: number
    name: string
    fsync: string
    pages: string
    commit: string
  }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit`,
  )
  const [server] = rows
  if (!server || server.version < MINIMUM)
    throw new Error(`PostgreSQL ${server?.name} is too old: 15.14 or newer is needed`)
  const off = Object.entries({
    fsync: server.fsync,
    full_page_writes: server.pages,
    synchronous_commit: server.commit,
  })
    .filter(([, value]) => value === 'off')
    .map(([name]) => name)
  if (off.length > 0)
    throw new Error(`PostgreSQL runs with ${off.join(', ')} = off: an answered write could be lost`)
}

/** The roles that connect with a derived password get it here, so that APP_SECRET is all an operator keeps. */
const setPasswords = async (client: pg.Client, urls: DatabaseUrls) => {
  for (const surface of SURFACES) {
    const url = new URL(urls[surface])
    if (url.username !== roleOf(surface) || (await canConnect(url))) continue
    await client.query(
      `alter role ${roleOf(surface)} password ${pg.escapeLiteral(decodeURIComponent(url.password))}`,
    )
  }
}

const canConnect = async (url: URL) => {
  const client = new pg.Client({ connectionString: url.toString(), connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Brings the database to the newest schema, or to that of the migration named, under a lock: of several processes that
 * start at once, one does it. Answers the names of those that it ran.
 */
export const migrate = async (urls: DatabaseUrls, upTo?: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: urls.owner, application_name: 'client-portal migrations' })
  await client.connect()
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: urls.owner, max: 1 }) }),
  })
  try {
    await checkServer(client)
    await client.query('select pg_advisory_lock(7164001)')
    const migrator = new Migrator({
      db,
      provider: files,
      migrationTableName: 'schema_migration',
      migrationLockTableName: 'schema_migration_lock',
    })
    const { error, results = [] } = await (upTo ? migrator.migrateTo(upTo) : migrator.migrateToLatest())
    if (error) throw error
    await setPasswords(client, urls)
    await runMigrations({ connectionString: urls.worker })
    return results.map((result) => result.migrationName)
  } finally {
    await db.destroy()
    await client.end()
  }
}
