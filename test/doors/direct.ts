import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { currentUrls, pool } from '#src/db/connect.ts'
import { can, ticketScope, type Viewer } from '#src/viewer.ts'

export type Row = Record<string, unknown>

/** The SQLSTATE that a statement is refused with in a viewer's scope, or how many rows it touched. All is undone. */
export const asPortal = async (
  viewer: Viewer,
  text: string,
  values: unknown[] = [],
): Promise<string | number> => {
  const client = await pool('portal').connect()
  try {
    await client.query(
      `begin; set local app.tenant = '${viewer.tenantId}'; set local app.company = '${viewer.companyId}';
        set local app.contact = '${viewer.contactId}'; set local app.tickets = '${ticketScope(viewer)}';
        set local app.people = '${can(viewer, 'people:manage') ? 'manage' : 'none'}'`,
    )
    const { rowCount } = await client.query(text, values)
    await client.query('set constraints all immediate')
    return rowCount ?? 0
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? 'unknown'
    throw error
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** What makes a copy of a row one that no unique key refuses. */
const FRESH: Record<string, Record<string, () => unknown>> = {
  ticket: { number: () => 900_000 + Math.floor(Math.random() * 99_999) },
  idempotency: { key: uuidv7 },
  counter: { name: uuidv7 },
  contact: { email_key: uuidv7, invitation_id: uuidv7 },
  profile_change: { state: () => 'waiting' },
}

/** Inserts a copy of a row, by the columns that the portal's role was granted. */
export const copyInto = (viewer: Viewer, table: string, columns: string[], row: Row) => {
  const fresh: Record<string, () => unknown> = {
    ...(columns.includes('id') ? { id: uuidv7 } : {}),
    ...FRESH[table],
  }
  const values = columns.map((column) => {
    const value = fresh[column] ? fresh[column]() : row[column]
    return value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value) &&
      !Buffer.isBuffer(value) &&
      !(value instanceof Date)
      ? JSON.stringify(value)
      : value
  })
  const marks = columns.map((_, index) => `$${index + 1}`)
  return asPortal(viewer, `insert into ${table} (${columns}) values (${marks})`, values)
}

/** Columns of a table that the portal's role may use for a command. */
export const grantedColumns = async (command: 'insert' | 'update') => {
  const client = new pg.Client({ connectionString: currentUrls().portal })
  await client.connect()
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_column_privilege(c.oid, a.attnum, $1)
      group by 1 order by 1`,
    [command],
  )
  await client.end()
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}
