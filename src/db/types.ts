import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '#src/root.ts'

const TYPES: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  bool: 'boolean',
  int4: 'number',
  int8: 'number',
  inet: 'string',
  bytea: 'Buffer',
  jsonb: 'Json',
  timestamptz: 'Timestamp',
  xid8: 'string',
}

type Column = {
  table: string
  column: string
  type: string
  nullable: boolean
  defaulted: boolean
  check: string | null
}

const columns = async (client: pg.Client) => {
  const { rows } = await client.query<Column>(
    `select t.relname as table, a.attname as column, ty.typname as type, not a.attnotnull as nullable,
        a.atthasdef as defaulted,
        (select pg_get_constraintdef(c.oid) from pg_constraint c
          where c.conrelid = t.oid and c.contype = 'c' and c.conkey = array[a.attnum]
            and pg_get_constraintdef(c.oid) like '%= ANY (ARRAY[%' limit 1) as check
      from pg_attribute a join pg_class t on t.oid = a.attrelid join pg_type ty on ty.oid = a.atttypid
      where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and t.relname not like 'schema_migration%'
      order by t.relname, a.attname`,
  )
  return rows
}

/** A text column whose check lists its words has the union of them as its type. */
const typeOf = (column: Column) => {
  const words = column.check && [...column.check.matchAll(/'([^']+)'::text/g)].map(([, word]) => `'${word}'`)
  const array = column.type.startsWith('_')
  const name = TYPES[array ? column.type.slice(1) : column.type]
  if (!name) throw new Error(`${column.table}.${column.column}: no TypeScript type for ${column.type}`)
  const base = words ? words.join(' | ') : array ? `${name}[]` : name
  const full = column.nullable ? `${base} | null` : base
  // the scope adds these two to inserts
  const given = column.defaulted || column.column === 'tenant_id' || column.column === 'company_id'
  return given ? `Generated<${full}>` : full
}

const pascal = (name: string) => name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())

/** The types of a migrated database, and which tables carry a tenant and a company. */
const generated = (all: Column[]) => {
  const tables = Map.groupBy(all, (column) => column.table)
  const having = (name: string) =>
    [...tables].filter(([, list]) => list.some((c) => c.column === name)).map(([table]) => table)
  const interfaces = [...tables].map(
    ([table, list]) =>
      `export interface ${pascal(table)} {\n${list.map((c) => `  ${c.column}: ${typeOf(c)}`).join('\n')}\n}`,
  )
  return [
    "/** Written from the migrated database by `npm run db:types`. */\nimport type { ColumnType, Generated as G } from 'kysely'",
    'type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : G<T>',
    'export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }',
    'export type Timestamp = ColumnType<Date, Date | string, Date | string>',
    ...interfaces,
    `export interface DB {\n${[...tables.keys()].map((table) => `  ${table}: ${pascal(table)}`).join('\n')}\n}`,
    `export const TENANT_TABLES: ReadonlySet<string> = new Set(${JSON.stringify(having('tenant_id'))})`,
    `export const COMPANY_TABLES: ReadonlySet<string> = new Set(${JSON.stringify(having('company_id'))})`,
  ].join('\n\n')
}

export const typesFile = join(root, 'src/db/schema.gen.ts')

/** Writes src/db/schema.gen.ts (or the file given) from the database at `url`, and answers its text. */
export const writeTypes = async (url: string, file = typesFile): Promise<string> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const text = generated(await columns(client))
  await client.end()
  writeFileSync(file, text)
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', file], { stdio: 'ignore' })
  return readFileSync(file, 'utf8')
}
