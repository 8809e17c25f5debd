import type { AuditFilter } from '#src/audit/filter.ts'
import { namesOf } from '#src/audit/names.ts'
import { type AuditRow, exportPage } from '#src/audit/queries.ts'
import { scopedStaff } from '#src/db/scope.ts'
import type { Cursor } from '#src/tickets/filter.ts'
import type { Staff } from '#src/viewer.ts'

const PAGE = 1_000

export const FORMATS = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const
export type Format = keyof typeof FORMATS

const record = (row: AuditRow, names: Map<string, string>) => ({
  at: row.at.toISOString(),
  actor_kind: row.actor_kind,
  actor: row.actor_name,
  on_behalf_of: row.on_behalf_name,
  action: row.action,
  company: row.company,
  object_kind: row.object_kind,
  object: names.get(row.object_id ?? '') ?? null,
  object_id: row.object_id,
  ip: row.ip,
  data: row.data,
  id: row.id,
  actor_id: row.actor_id,
  on_behalf_id: row.on_behalf_id,
  company_id: row.company_id,
  sequence: row.sequence,
  hash: row.hash?.toString('hex') ?? null,
})

type Entry = ReturnType<typeof record>

const COLUMNS = [
  'at',
  'actor_kind',
  'actor',
  'on_behalf_of',
  'action',
  'company',
  'object_kind',
  'object',
  'object_id',
  'ip',
  'data',
  'id',
  'actor_id',
  'on_behalf_id',
  'company_id',
  'sequence',
  'hash',
] as const satisfies (keyof Entry)[]

/**
 * A field of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a ' in front, as OWASP's "CSV
 * Injection" advises: names and subjects are what strangers typed.
 */
export const csvField = (value: unknown): string => {
  const text =
    value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

const csvLine = (values: readonly unknown[]) => `${values.map(csvField).join(',')}\r\n`

const WRITERS: Record<Format, { head: string; line(entry: Entry): string }> = {
  // with the mark that makes spreadsheets read UTF-8
  csv: { head: `\ufeff${csvLine(COLUMNS)}`, line: (entry) => csvLine(COLUMNS.map((name) => entry[name])) },
  jsonl: { head: '', line: (entry) => `${JSON.stringify(entry)}\n` },
}

/** The log as a file, newest first, in pieces; each piece has a scope of its own, so that no transaction waits for a reader. */
export const exportStream = (staff: Staff, filter: AuditFilter, timeZone: string, format: Format) => {
  const { head, line } = WRITERS[format]
  const encoder = new TextEncoder()
  let after: Cursor | undefined
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(head)),
      pull: async (controller) => {
        const lines = await scopedStaff(staff, 'read', async (db) => {
          const rows = await exportPage(db, filter, timeZone, after, PAGE)
          const names = await namesOf(db, rows)
          after = rows.at(-1)
          return rows.map((row) => line(record(row, names)))
        })
        if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')))
        if (lines.length < PAGE) controller.close()
      },
    },
    { highWaterMark: 1 },
  )
}
