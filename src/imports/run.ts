import type { Db } from '#src/db/scope.ts'
import type { DateOrder } from '#src/imports/dates.ts'
import type { Field, Kind } from '#src/imports/fields.ts'
import type { Known } from '#src/imports/known.ts'
import type { Numbers } from '#src/imports/numbers.ts'
import type { Report } from '#src/imports/report.ts'
import { Row } from '#src/imports/row.ts'
import type { Kept, Shelf } from '#src/imports/shelf.ts'
import type { GivenFile, Source } from '#src/imports/source.ts'
import type { Writer } from '#src/imports/writer.ts'

export type ImportOptions = {
  tenantId: string
  files: GivenFile[]
  /** The system that the ids come from: the same id of another source is another record. */
  source: string
  dateOrder?: DateOrder | undefined
  /** Where the files of the column `attachments` lie. */
  filesFolder?: string | undefined
  /** The company of contacts and tickets whose file has no column for it. */
  company?: string | undefined
  /** Does everything but commit. */
  dryRun?: boolean
  /** Leaves out rows with errors, instead of the whole import. */
  skipBadRows?: boolean
  /** A record that a row points to and no file holds is an error; otherwise a stand-in is added. */
  strict?: boolean
  /** Categories that the tenant doesn't have are added, as not confidential. */
  newCategories?: boolean
  /** The description of a ticket is what its client wrote, and may be read by them. */
  publicDescriptions?: boolean
  /** Where a time of the files is put, for a demo that is never old. */
  moveTime?: (time: Date) => Date
}

/** One import on its way, in its transaction. */
export type Run = {
  db: Db
  options: ImportOptions
  report: Report
  known: Known
  writer: Writer
  numbers: Numbers
  now: Date
  /** For what nobody in particular did. */
  tenantName: string
  /** Where each record of this run stands, by kind and id: a second row about it is a mistake in the data. */
  seen: Map<string, string>
  /** Tickets (by the id of their source) that were left out: their messages are, too. */
  leftOut: Set<string>
  /** How often a message without an id was said, by what it says. */
  saidTimes: Map<string, number>
  /** Tickets whose last message may be another one now. */
  touched: Set<string>
  /** Tickets that have a message already, and `<message id> <name>` of each file: read when first asked for. */
  withMessages?: Set<string>
  attached?: Set<string>
  /** Files that were stored for rows of this run, to be removed when it is rolled back. */
  storedFiles: string[]
}

/** The file's rows, one after the other; what was collected is written in between. */
export async function* rowsOf<K extends Kind>(run: Run, source: Source): AsyncGenerator<Row<K>> {
  const moveTime = run.options.moveTime ?? ((time: Date) => time)
  for await (const record of source.table.records()) {
    yield new Row<K>(source, record, run.report, moveTime)
    run.writer.stopped = run.report.errorCount > 0 && !run.options.skipBadRows
    await run.writer.settle()
  }
}

/** Notes the first row about a record; any other is an error. */
export const isFirst = <K extends Kind>(
  run: Run,
  kind: Kind,
  id: string,
  row: Row<K>,
  field: Field<K>,
): boolean => {
  const key = `${kind} ${id}`
  const first = run.seen.get(key)
  const { file, row: number } = row.place()
  if (first) row.error(field, `is the same as in ${first}`)
  else run.seen.set(key, `${file} row ${number}`)
  return !first
}

/**
 * May a stand-in be made for a record that no file holds? With `strict` it is an error, else a note that is counted by
 * its words.
 */
export const standIn = <K extends Kind>(
  run: Run,
  row: Row<K>,
  field: Field<K>,
  words: { missing: string; made: string },
): boolean => {
  if (run.options.strict) row.error(field, words.missing)
  else row.note(field, words.made)
  return !run.options.strict
}

/** Adds a row, for a record that is new. */
export const add = <T extends Kept>(run: Run, shelf: Shelf<T>, row: T): T => {
  run.writer.add(shelf.table, row.id, row)
  return shelf.put(row)
}

/** Changes a row where it differs. Answers whether it did. */
export const change = <T extends Kept>(run: Run, shelf: Shelf<T>, row: T, values: Partial<T>): boolean => {
  const before = JSON.stringify(row)
  shelf.change(row, values)
  if (JSON.stringify(row) === before) return false
  run.writer.change(shelf.table, row.id, row)
  return true
}

/** Adds the row, or gives its values to the existing one; counts it. */
export const save = <T extends Kept>(
  run: Run,
  kind: Kind,
  shelf: Shelf<T>,
  existing: T | undefined,
  row: T,
): T => {
  const counts = run.report.counts[kind]
  if (!existing) {
    counts.added += 1
    return add(run, shelf, row)
  }
  if (change(run, shelf, existing, { ...row, id: existing.id })) counts.changed += 1
  else counts.unchanged += 1
  return existing
}
