import pg from 'pg'
import { currentUrls } from '#src/db/connect.ts'

/** Every row of every table, jobs too: table → its rows as JSON without the columns named, sorted. */
export type Snapshot = Map<string, string[]>

/** `without`: what may change, as `session.last_seen_at` for a column and `rate_count` for a table. */
export const snapshot = async (admin: string, without: string[] = []): Promise<Snapshot> => {
  const url = new URL(admin)
  url.pathname = new URL(currentUrls().owner).pathname
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    const tables = await client.query<{ name: string; columns: string[] }>(
      `select format('%I.%I', table_schema, table_name) as name, array_agg(column_name::text) as columns
        from information_schema.columns join information_schema.tables using (table_schema, table_name)
        where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE' group by 1 order by 1`,
    )
    const rows: Snapshot = new Map()
    for (const { name, columns } of tables.rows) {
      const table = name.replace('public.', '')
      if (without.includes(table)) continue
      const left = columns.filter((column) => without.includes(`${table}.${column}`))
      const found = await client.query<{ row: string }>(
        `select (to_jsonb(t) - $1::text[])::text as row from ${name} t order by 1`,
        [left],
      )
      rows.set(
        table,
        found.rows.map(({ row }) => row),
      )
    }
    return rows
  } finally {
    await client.end()
  }
}
