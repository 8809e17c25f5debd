import { type Client, escapeIdentifier } from 'pg'
import type { Counts } from '#src/backup/shapes.ts'

export type Table = {
  name: string
  /** As a list for SQL: what an insert may name. */
  columns: string
  hasTenant: boolean
  /** The owner may read every row of it, whatever row-level security says to others. */
  isOpen: boolean
}

/** Every table that keeps something, by name. */
export const tablesOf = async (client: Client): Promise<Table[]> => {
  const { rows } = await client.query<Table>(`
    select c.relname as name,
      (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id') as "hasTenant",
      not c.relrowsecurity or (
        exists (select from pg_policy where polrelid = c.oid and polpermissive and polcmd = '*'
          and polroles @> array[current_user::regrole::oid] and pg_get_expr(polqual, polrelid) = 'true')
        and not exists (select from pg_policy where polrelid = c.oid and not polpermissive)) as "isOpen"
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('schema_migration', 'schema_migration_lock')
    order by 1`)
  const shut = rows.filter((table) => !table.isOpen).map((table) => table.name)
  if (shut.length === 0) return rows
  throw new Error(
    `Row-level security hides rows of ${shut.join(', ')} from the owner: a backup would not be whole. Add the policy that protect() makes.`,
  )
}

/** How many rows there are, by table and tenant. */
export const countRows = async (client: Client, tables: Table[]): Promise<Counts> => {
  const counts: Counts = {}
  for (const { name, hasTenant } of tables) {
    const { rows } = await client.query<{ tenant: string; count: number }>(
      `select ${hasTenant ? 'tenant_id::text' : "''"} as tenant, count(*)::int as count from ${escapeIdentifier(name)} group by 1`,
    )
    counts[name] = Object.fromEntries(rows.map(({ tenant, count }) => [tenant, count]))
  }
  return counts
}

/** `ticket: 3 rows instead of 4`, for each table and tenant where the two differ. */
export const differences = (is: Counts, should: Counts): string[] =>
  [...new Set([...Object.keys(is), ...Object.keys(should)])].flatMap((table) => {
    const tenants = new Set([...Object.keys(is[table] ?? {}), ...Object.keys(should[table] ?? {})])
    return [...tenants].flatMap((tenant) => {
      const [there, wanted] = [is[table]?.[tenant] ?? 0, should[table]?.[tenant] ?? 0]
      return there === wanted
        ? []
        : [`${table}${tenant && ` of tenant ${tenant}`}: ${there} rows instead of ${wanted}`]
    })
  })
