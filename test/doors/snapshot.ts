import pg from 'pg'
import { currentUrls } from '#src/db/connect.ts'

/** Every row of every table, jobs too: table → its rows as JSON without the columns named, sorted. */
export type Snapshot = Map<string, string[]>

const TABLES = `select format('%I.%I', table_schema, table_name) as name, array_agg(column_name::text) as columns
  from information_schema.columns join information_schema.tables using (table_schema, table_name)
  where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE' group by 1 order by 1`

/** `without`: what may change, as `session.last_seen_at` for a column and `rate_count` for a table. */
export const snapshot = async (admin: string, without: string[] = []): Promise<Snapshot> => {
  const url = new URL(admin)
  url.pathname = new URL(currentUrls().owner).pathname
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string; columns: string[] }>(TABLES)
    const selects = tables.flatMap(({ name, columns }) => {
      const table = name.replace('public.', '')
      if (without.includes(table)) return []
      const left = columns
        .filter((column) => without.includes(`${table}.${column}`))
        .map((column) => `- '${column}'`)
      return `select '${table}' as table, (to_jsonb(t) ${left.join(' ')})::text as row from ${name} t`
    })
    const { rows } = await client.query<{ table: string; row: string }>(
      `${selects.join(' union all ')} order by 1, 2`,
    )
    const byTable = Map.groupBy(rows, ({ table }) => table)
    return new Map([...byTable].map(([table, found]) => [table, found.map(({ row }) => row)]))
  } finally {
    await client.end()
  }
}
