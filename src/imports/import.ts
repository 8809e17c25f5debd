import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { asSystem, type Db } from '#src/db/scope.ts'
import { store } from '#src/files/store.ts'
import { importCompanies } from '#src/imports/companies.ts'
import { importContacts } from '#src/imports/contacts.ts'
import { KINDS, type Kind } from '#src/imports/fields.ts'
import { loadKnown } from '#src/imports/known.ts'
import { keepLastWords } from '#src/imports/last-words.ts'
import { importMessages } from '#src/imports/messages.ts'
import { Numbers } from '#src/imports/numbers.ts'
import { Report } from '#src/imports/report.ts'
import type { ImportOptions, Run } from '#src/imports/run.ts'
import { readSource, type Source } from '#src/imports/source.ts'
import { importStaff } from '#src/imports/staff.ts'
import { UnreadableTable } from '#src/imports/table.ts'
import { importTickets } from '#src/imports/tickets.ts'
import { Writer } from '#src/imports/writer.ts'

const IMPORTERS: { readonly [K in Kind]: (run: Run, source: Source) => Promise<void> } = {
  companies: importCompanies,
  staff: importStaff,
  contacts: importContacts,
  tickets: importTickets,
  messages: importMessages,
}

const readSources = async ({ files, dateOrder }: ImportOptions, report: Report): Promise<Source[]> => {
  const sources: Source[] = []
  for (const file of files) {
    const source = await readSource(file, dateOrder, report)
    if (!source) continue
    const { table, layout } = source
    const unused = layout.ignored.length > 0 ? `; columns not used: ${layout.ignored.join(', ')}` : ''
    report.files.push(`${table.name} holds ${layout.kind} (${table.encoding})${unused}`)
    sources.push(source)
  }
  return sources.sort((a, b) => KINDS.indexOf(a.layout.kind) - KINDS.indexOf(b.layout.kind))
}

class Undone extends Error {}

/** One import of a tenant at a time. */
const takeTurn = async (db: Db, report: Report) => {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`import ${db.tenant}`}, 0)) as free`.execute(db)
  if (rows[0]?.free) return
  report.error({ file: 'import' }, 'another import of this tenant is running')
  throw new Undone()
}

const begin = async (db: Db, options: ImportOptions, report: Report, sources: Source[]): Promise<Run> => {
  // a batch may take a while to read: files are copied in between
  await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(db)
  await sql`set local statement_timeout = '10min'`.execute(db)
  await takeTurn(db, report)
  const { name } = await db.selectFrom('tenant').select('name').executeTakeFirstOrThrow()
  const known = await loadKnown(db, options.source)
  return {
    ...{ db, options, report, known, tenantName: name, now: new Date() },
    writer: new Writer(db),
    numbers: new Numbers(db, Math.max(0, ...sources.map((source) => source.highestNumber))),
    ...{ seen: new Map(), leftOut: new Set(), touched: new Set(), saidTimes: new Map(), storedFiles: [] },
  }
}

const audit = async ({ db, options, report }: Run) => {
  const changed = Object.values(report.counts).some(({ added, changed }) => added + changed > 0)
  if (!changed) return
  await db
    .insertInto('audit_event')
    .values({
      ...{ id: uuidv7(), actor_kind: 'system', actor_name: 'import', action: 'import.run' },
      data: JSON.stringify({ source: options.source, counts: report.counts }),
    })
    .execute()
}

/** Everything in this transaction; Undone when it must not stay. */
const perform = async (run: Run, sources: Source[]) => {
  const { report, options } = run
  for (const source of sources) {
    await IMPORTERS[source.layout.kind](run, source).catch((error: Error) => {
      if (!(error instanceof UnreadableTable)) throw error
      report.error({ file: source.table.name }, error.message)
      throw new Undone()
    })
    await run.writer.flush()
  }
  if (report.errorCount > 0 && !options.skipBadRows) throw new Undone()
  await keepLastWords(run)
  await run.numbers.close()
  await audit(run)
  if (options.dryRun) throw new Undone()
}

/**
 * Reads CSV files into a tenant, all of it in one transaction: nothing stays when a row has an error (unless bad rows
 * are to be skipped) or the run is dry. What was done, and every error with its row and column, is in the report.
 */
export const importFiles = async (options: ImportOptions): Promise<Report> => {
  const report = new Report()
  const sources = await readSources(options, report)
  if (report.errorCount > 0) return report
  let storedFiles: string[] = []
  try {
    const work = async (db: Db) => {
      const run = await begin(db, options, report, sources)
      storedFiles = run.storedFiles
      await perform(run, sources)
    }
    await asSystem('import', work, options.tenantId)
    report.committed = true
  } catch (error) {
    for (const id of storedFiles) await store.remove(options.tenantId, id)
    if (!(error instanceof Undone)) throw error
  }
  return report
}
