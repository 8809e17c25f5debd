import { type Client, escapeIdentifier } from 'pg'
import { intact, storedFiles } from '#src/backup/files.ts'
import { line, lines } from '#src/backup/lines.ts'
import { pages } from '#src/backup/pages.ts'
import { type End, type Head, sum } from '#src/backup/shapes.ts'
import { countRows, tablesOf } from '#src/backup/tables.ts'
import type { FileStore } from '#src/files/store.ts'

const JOBS = `select json_build_object('identifier', j.task_identifier, 'payload', p.payload, 'queue', j.queue_name,
    'runAt', j.run_at, 'maxAttempts', j.max_attempts, 'key', j.key, 'priority', j.priority,
    'flags', (select array_agg(flag) from jsonb_object_keys(j.flags) flag))::text as json
  from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)
  where j.attempts < j.max_attempts order by j.id`

async function* rowsOf(client: Client, table: string): AsyncGenerator<Buffer, number> {
  let count = 0
  yield line('table', JSON.stringify(table))
  for await (const rows of pages(
    client,
    `select to_jsonb(t)::text as json from ${escapeIdentifier(table)} t`,
  )) {
    yield lines('row', rows)
    count += rows.length
  }
  return count
}

/** The jobs that wait, or that somebody is at: they belong to the role that works on them. */
async function* jobsOf(client: Client): AsyncGenerator<Buffer, number> {
  let count = 0
  await client.query('set local role cp_worker')
  for await (const jobs of pages(client, JOBS)) {
    yield lines('job', jobs)
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
  for await (const file of storedFiles(client)) {
    const content = (await intact(store, file)) && (await store.open(file.tenant, file.id))
    if (!content) {
      result.damaged.push(`${file.tenant}/${file.id}`)
      continue
    }
    yield line('file', JSON.stringify(file))
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
