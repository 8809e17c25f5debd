import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { TENANT_TABLES } from '#src/db/schema.gen.ts'
import { asSystem, type Db } from '#src/db/scope.ts'
import { store } from '#src/files/store.ts'
import { tenantIdOf } from '#src/tenants/manage.ts'

const PAGE = 1_000
// what opens a session or a seal is nobody's data
const LEFT_OUT = '{token_hash,code_hash,browser_hash,password_hash,totp_secret,sealed}'

const keyOf = async (db: Db, table: string) => {
  const { rows } = await sql<{ name: string }>`
    select a.attname as name from pg_index i, unnest(i.indkey) with ordinality k(number, position), pg_attribute a
    where i.indrelid = ${`public.${table}`}::regclass and i.indisprimary and a.attrelid = i.indrelid
      and a.attnum = k.number and a.attname <> 'tenant_id' order by k.position`.execute(db)
  return rows.map((row) => row.name)
}

type Line = { line: string; key: string[] }

const pageOf = async (db: Db, table: string, key: string[], after: string[] | undefined) => {
  const columns = sql.join(key.map((column) => sql.ref(column)))
  const further = after ? sql`and (${columns}) > (${sql.join(after)})` : sql``
  const { rows } = await sql<Line>`
    select (to_jsonb(t) - ${LEFT_OUT}::text[])::text as line,
      array[${key.length ? sql.join(key.map((column) => sql`${sql.ref(column)}::text`)) : sql`''`}] as key
    from ${sql.table(table)} t where tenant_id = ${db.tenant} ${further}
    ${key.length ? sql`order by ${columns}` : sql``} limit ${PAGE}`.execute(db)
  return rows
}

const writeTable = async (db: Db, table: string, file: FileHandle) => {
  const key = await keyOf(db, table)
  let written = 0
  let after: string[] | undefined
  for (;;) {
    const rows = await pageOf(db, table, key, after)
    if (rows.length > 0) await file.write(`${rows.map((row) => row.line).join('\n')}\n`)
    written += rows.length
    after = rows.at(-1)?.key
    if (rows.length < PAGE) return written
  }
}

const attachmentLine = z.object({ id: z.uuid() })

const copyFiles = async (tenantId: string, folder: string) => {
  await mkdir(join(folder, 'files'), { mode: 0o700 })
  let copied = 0
  for await (const line of createInterface({ input: createReadStream(join(folder, 'attachment.jsonl')) })) {
    const { id } = attachmentLine.parse(JSON.parse(line))
    const content = await store.open(tenantId, id)
    if (!content) continue
    await pipeline(content, createWriteStream(join(folder, 'files', id), { mode: 0o600, flags: 'wx' }))
    copied += 1
  }
  return copied
}

const isEmpty = async (folder: string) => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return (await readdir(folder)).length === 0
}

export type ExportResult =
  | { outcome: 'exported'; rows: Record<string, number>; files: number }
  | { outcome: 'no-tenant' }
  | { outcome: 'not-empty' }

/**
 * Writes all that the install holds of a tenant into an empty folder: a `<table>.jsonl` for each table, as it stood at
 * one moment, and its attachments as `files/<id>` (attachment.jsonl says what they are).
 */
export const exportTenant = async (slug: string, folder: string): Promise<ExportResult> => {
  const tenantId = await tenantIdOf(slug)
  if (!tenantId) return { outcome: 'no-tenant' }
  if (!(await isEmpty(folder))) return { outcome: 'not-empty' }
  const rows: Record<string, number> = {}
  await asSystem(
    'export a tenant',
    async (db) => {
      await sql`set transaction isolation level repeatable read`.execute(db)
      await sql`set local timezone = 'UTC'`.execute(db)
      for (const table of [...TENANT_TABLES].sort()) {
        const file = await open(join(folder, `${table}.jsonl`), 'wx', 0o600)
        rows[table] = await writeTable(db, table, file).finally(() => file.close())
      }
    },
    tenantId,
  )
  return { outcome: 'exported', rows, files: await copyFiles(tenantId, folder) }
}
