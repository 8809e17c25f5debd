import { Readable } from 'node:stream'
import { type Client, escapeIdentifier } from 'pg'
import type { LineReader } from '#src/backup/lines.ts'
import { type End, endShape, fileShape } from '#src/backup/shapes.ts'
import { countRows, differences, type Table, tablesOf } from '#src/backup/tables.ts'
import type { FileStore } from '#src/files/store.ts'

const BATCH = { rows: 1_000, bytes: 4_000_000 }

/** Writes a JSON array into the database. */
type Write = (list: string) => Promise<unknown>

const rowsInto =
  (client: Client, { name, columns }: Table): Write =>
  (list) =>
    client.query(
      `insert into ${escapeIdentifier(name)} (${columns})
        select ${columns} from jsonb_populate_recordset(null::${escapeIdentifier(name)}, $1::jsonb)`,
      [list],
    )

const ADD_JOBS = `select count(graphile_worker.add_job(identifier => j->>'identifier', payload => j->'payload',
    queue_name => j->>'queue', run_at => (j->>'runAt')::timestamptz, max_attempts => (j->>'maxAttempts')::int,
    job_key => j->>'key', priority => (j->>'priority')::int,
    flags => case when j->>'flags' is not null then array(select json_array_elements_text(j->'flags')) end))
  from json_array_elements($1::json) j`

const jobsInto =
  (client: Client): Write =>
  async (list) => {
    await client.query('set local role cp_worker')
    await client.query(ADD_JOBS, [list])
    await client.query('reset role')
  }

/** Gathers lines and writes them by the thousand. */
const batches = () => {
  let lines: string[] = []
  let bytes = 0
  let write: Write | undefined
  const flush = async () => {
    if (lines.length > 0) await write?.(`[${lines.join(',')}]`)
    lines = []
    bytes = 0
  }
  const into = async (next: Write | undefined) => {
    await flush()
    write = next
  }
  const add = async (json: string) => {
    lines.push(json)
    bytes += json.length
    if (lines.length >= BATCH.rows || bytes >= BATCH.bytes) await flush()
  }
  return { into, add }
}

const storeFile = async (store: FileStore, reader: LineReader, json: string) => {
  const file = fileShape.parse(JSON.parse(json))
  const kept = await store.put(
    file.tenant,
    file.id,
    Readable.from(reader.bytes(file.bytes), { objectMode: false }),
  )
  if (kept.sha256.toString('hex') !== file.sha256)
    throw new Error(`the file ${file.tenant}/${file.id} was not stored as it was`)
}

const FOREIGN_KEYS = `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
  from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`

/** Foreign keys are checked at the end, all at once: rows may come in any order, and it takes a fraction of the time. */
const withoutForeignKeys = async <T>(client: Client, work: () => Promise<T>): Promise<T> => {
  const { rows } = await client.query<{ drop: string; add: string }>(FOREIGN_KEYS)
  for (const { drop } of rows) await client.query(drop)
  const result = await work()
  for (const { add } of rows) await client.query(add)
  return result
}

const readAll = async (client: Client, store: FileStore, reader: LineReader, tables: Map<string, Table>) => {
  const batch = batches()
  for (let jobs = false; ; ) {
    const { kind, json } = await reader.next()
    if (kind === 'job' && !jobs) await batch.into(jobsInto(client))
    jobs = kind === 'job'
    if (kind === 'row' || kind === 'job') {
      await batch.add(json)
      continue
    }
    const table = kind === 'table' ? tables.get(JSON.parse(json)) : undefined
    await batch.into(table && rowsInto(client, table))
    if (kind === 'file') await storeFile(store, reader, json)
    else if (kind === 'end') return endShape.parse(JSON.parse(json))
    else if (!table) throw new Error(`the backup has a part that this version doesn't know: ${kind} ${json}`)
  }
}

/**
 * Reads the content of a backup, after its first line, into an empty database of the backup's version and an empty store:
 * in one transaction, committed when every row of every tenant is there. `client` is the owner's. Answers the last line.
 */
export const load = async (client: Client, store: FileStore, reader: LineReader): Promise<End> => {
  await client.query('begin')
  await client.query('set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0')
  const tables = await tablesOf(client)
  const byName = new Map(tables.map((table) => [table.name, table]))
  const end = await withoutForeignKeys(client, () => readAll(client, store, reader, byName))
  const wrong = differences(await countRows(client, tables), end.counts)
  if (wrong.length > 0) throw new Error(`not everything was restored:\n  ${wrong.join('\n  ')}`)
  await client.query('commit')
  await client.query('analyze')
  return end
}
