import type pg from 'pg'
import { pool, type Surface } from '#src/db/connect.ts'
import type { Person } from '#test/world.ts'

const query = async (client: pg.PoolClient, table: string) => {
  // a role may be granted some columns only, so none is named
  const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${table}`)
  return Number(rows[0]?.rows)
}

/** How many rows of each table a door's role is shown: with no scope at all, after one that ended, and in one. */
export const rowsShown = async (surface: Surface, tables: string[], who: Person, staff: string) => {
  const client = await pool(surface).connect()
  const count = async () =>
    Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await query(client, table)])))
  try {
    await client.query('discard all')
    const never = await count()
    await client.query(
      `begin; set local app.tenant = '${who.tenant}'; set local app.company = '${who.company}';
        set local app.contact = '${who.id}'; set local app.tickets = 'all'; set local app.staff = '${staff}';
        set local app.people = 'manage'`,
    )
    const during = await count()
    await client.query('commit')
    return { never, during, after: await count() }
  } finally {
    client.release(true)
  }
}
