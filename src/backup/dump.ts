import { type Client, escapeIdentifier } from 'pg'
import { intact } from '#src/backup/files.ts'
import { line } from '#src/backup/lines.ts'
import { type End, fileShape, type Head, sum } from '#src/backup/shapes.ts'
import { countRows, tablesOf } from '#src/backup/tables.ts'
import type { FileStore } from '#src/files/store.ts'

// few enough that even the longest messages fit into memory
const PAGE = 200

/** The rows of a statement that selects one text column, page by page. The transaction keeps its cursor. */
async function* pages(client: Client, statement: string): AsyncGenerator<string[]> {
  await client.query(`declare backup no scroll cursor for ${statement}`)
  for (;;) {
    const { rows } = await client.query<{ json: string }>(`fetch ${PAGE} from backup`)
    if (rows.length > 0) yield rows.map((row) => row.json)
    if (rows.length < PAGE) break
  }
  await client.query('close backup')
}

const JOBS = `select json_build_object('identifier', j.task_identifier, 'payload', p.payload, 'queue', j.queue_name,
    'runAt', j.run_at, 'maxAttempts', j.max_attempts, 'key', j.key, 'priority', j.priority,
    'flags', (select array_agg(flag) from jsonb_object_keys(j.flags) flag))::text as json
  from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)
  where j.attempts < j.max_attempts order by j.id`

const FILES = `select json_build_object('tenant', tenant_id, 'id', id, 'bytes', bytes,
    'sha256', encode(sha256, 'hex'))::text as json from attachment order by tenant_id, id`

async function* rowsOf(client: Client, table: string): AsyncGenerator<Buffer, number> {
  let count = 0
  yield line('table', JSON.stringify(table))
  for await (const rows of pages(
    client,
    `select to_jsonb(t)::text as json from ${escapeIdentifier(table)} t`,
  )) {
    yield Buffer.concat(rows.map((row) => line('row', row)))
    count += rows.length
  }
  return count
}

/** The jobs that wait, or that somebody is at: they belong to the role that works on them. */
async function* jobsOf(client: Client): AsyncGenerator<Buffer, number> {
  let count = 0
  await client.query('set local role cp_worker')
  for await (const jobs of pages(client, JOBS)) {
    yield Buffer.concat(jobs.map((job) => line('job', job)))
    count += jobs.length
  }
  await client.query('reset role')
  return count
}

async function* filesOf(
  client: Client,
  store: FileStore,
): AsyncGenerator<Buffer, Pick<End, 'files' | 'bytes' | 'damaged'>> {
  const result = { files: 0, bytes: 0, damaged: [] as string[] }
  for await (const page of pages(client, FILES))
    for (const json of page) {
      const file = fileShape.parse(JSON.parse(json))
      const content = (await intact(store, file)) && (await store.open(file.tenant, file.id))
      if (!content) {
        result.damaged.push(`${file.tenant}/${file.id}`)
        continue
      }
      yield line('file', json)
      yield* content
      result.files += 1
      result.bytes += file.bytes
    }
  return result
}

/**
 * The content of a backup: everything that the database and the store held at one moment, while the app may go on
 * working. `client` is the owner's. Returns what the last line says.
 */
export async function* dump(
  client: Client,
  store: FileStore,
  head: Omit<Head, 'migrations'>,
): AsyncGenerator<Buffer, End> {
  await client.query('begin isolation level repeatable read read only')
  await client.query(
    "set local timezone = 'UTC'; set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0",
  )
  const { rows } = await client.query<{ name: string }>('select name from schema_migration order by name')
  yield line('head', JSON.stringify({ ...head, migrations: rows.map((row) => row.name) }))

  const tables = await tablesOf(client)
  const counts = await countRows(client, tables)
  for (const { name } of tables) {
    const written = yield* rowsOf(client, name)
    const expected = sum(Object.values(counts[name] ?? {}))
    if (written !== expected) throw new Error(`${name}: ${written} rows were read, ${expected} counted`)
  }
  const jobs = yield* jobsOf(client)
  const files = yield* filesOf(client, store)
  const end = { counts, jobs, ...files }
  yield line('end', JSON.stringify(end))
  await client.query('commit')
  return end
}
