import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#src/db/embedded.ts'
import { type OpenDatabase, openDatabase } from '#src/db/open.ts'
import { type Env, readEnv } from '#src/env.ts'
import { say } from './report.ts'
import { fill, stampIn, stampOf } from './sample/fill.ts'
import type { Sizes } from './sample/sizes.ts'

const EMPTY = `drop schema if exists graphile_worker cascade;
  drop schema public cascade; create schema public; grant usage on schema public to public`

/** What earlier runs wrote: tickets made through the portal, everything about signing in, and jobs that were left. */
const FORGET = `
  create temporary table gone on commit drop as select tenant_id, id from ticket where via = 'portal';
  delete from ticket_read where (tenant_id, ticket_id) in (select * from gone);
  delete from ticket_participant where (tenant_id, ticket_id) in (select * from gone);
  delete from ticket_message where (tenant_id, ticket_id) in (select * from gone);
  delete from ticket where (tenant_id, id) in (select * from gone);
  truncate idempotency, staff_idempotency, staff_session, mail, session, login_link, login_request, known_browser, rate_count, audit_event, audit_chain;
  delete from graphile_worker._private_jobs`

const once = async (url: string, text: string, after?: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text)
  if (after) await client.query(after)
  await client.end()
}

export type BenchDatabase = OpenDatabase & { env: Env }

/**
 * The bench's own PostgreSQL, under `bench` in the data directory, filled with data of these sizes. Kept between runs:
 * made anew only when schema or data have changed. `close()` stops the server.
 */
export const openBenchDatabase = async (sizes: Sizes): Promise<BenchDatabase> => {
  const folder = join(readEnv().DATA_DIR, sizes.tickets < 100_000 ? 'bench-small' : 'bench')
  const env = readEnv({ MODE: 'production', DATA_DIR: folder, LOG_LEVEL: 'warn' })
  const server = await startEmbedded({ dataDir: folder })
  const fits = (await stampIn(server.url)) === stampOf(sizes)
  if (!fits) await once(server.url, EMPTY)
  const database = await openDatabase(env)
  const started = Date.now()
  if (fits)
    await once(
      database.urls.owner,
      FORGET,
      'vacuum (analyze) ticket, ticket_message, ticket_participant, ticket_read',
    )
  else await fill(server.adminUrl, sizes)
  say(
    `Database: ${fits ? 'kept from an earlier run' : `filled in ${Math.round((Date.now() - started) / 1000)} s`}, ${folder}`,
  )
  const close = async () => {
    await database.close()
    await server.stop()
  }
  return { ...database, close, env }
}
