import type { Insertable } from 'kysely'
import type pg from 'pg'
import type { DB } from '#src/db/schema.gen.ts'

/** In the order in which foreign keys let them in. */
const ORDER = [
  'tenant',
  'role',
  'category',
  'company',
  'contact',
  'staff_member',
  'counter',
  'ticket',
  'ticket_participant',
  'ticket_message',
  'ticket_event',
  'attachment',
  'ticket_read',
] as const

type Table = (typeof ORDER)[number]

const BATCH = 4_000

/** JSON has no bytes: PostgreSQL reads them from their hexadecimal form. All rows of a table are alike. */
const withoutBytes = (rows: object[]): object[] => {
  const bytes = Object.entries(rows[0] ?? {}).filter(([, value]) => Buffer.isBuffer(value))
  if (bytes.length === 0) return rows
  const hex = (value: unknown) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, hex(value)])))
}

const insert = async (client: pg.Client, table: Table, rows: object[]) => {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(withoutBytes(rows))],
  )
}

/** Collects rows and writes them by the thousands. All rows of a table must name the same columns. */
export const bulkWriter = (client: pg.Client) => {
  let waiting = new Map<Table, object[]>()
  let count = 0
  let written = Promise.resolve()

  const insertAll = async (batch: Map<Table, object[]>) => {
    for (const table of ORDER) {
      const rows = batch.get(table) ?? []
      if (rows.length > 0) await insert(client, table, rows)
    }
  }
  /** While the server writes one batch, the next one is made up. */
  const handOver = async () => {
    await written
    written = insertAll(waiting)
    waiting = new Map()
    count = 0
  }
  return {
    add<T extends Table>(table: T, row: Insertable<DB[T]>) {
      const rows = waiting.get(table) ?? []
      waiting.set(table, rows)
      rows.push(row)
      count++
    },
    /** Writes what has gathered, when it is enough to be worth it. */
    flushIfFull: async () => (count < BATCH ? undefined : handOver()),
    flush: async () => {
      await handOver()
      await written
    },
    /** So that plans know how much there is, and reads don't have to clean up after the writes. */
    settle: () => client.query(`vacuum (analyze) ${ORDER.join(', ')}`),
  }
}

export type BulkWriter = ReturnType<typeof bulkWriter>
