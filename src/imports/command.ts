import { parseArgs } from 'node:util'
import { z } from 'zod'
import { KINDS, type Kind } from '#src/imports/fields.ts'
import { importFiles } from '#src/imports/import.ts'
import { type Report, reportLines } from '#src/imports/report.ts'
import type { ImportOptions } from '#src/imports/run.ts'
import type { GivenFile } from '#src/imports/source.ts'
import type { Say } from '#src/tenants/command.ts'
import { tenantIdOf } from '#src/tenants/manage.ts'

export const IMPORT_USAGE = `Usage: npm run import -- --tenant SLUG [options] FILE.csv …
  Files of companies, staff, contacts, tickets and messages; which is which is told by their headers.
  Times without a zone are UTC. A message is public only if its row says so. All of it is imported, or nothing.
  --kind KIND            what the next file holds (${KINDS.join(', ')})
  --source NAME          the system that the ids come from (csv)
  --dry-run              say what would be done, and do nothing
  --date-order dmy|mdy   how 03/04/2026 is meant
  --files DIR            where the files of the column "attachments" lie
  --company NAME         the company of rows whose file has no column for it
  --skip-bad-rows        leave out rows with errors, instead of everything
  --strict               no stand-ins for records that no file holds: an error for each
  --new-categories       add categories that there aren't yet, as not confidential
  --public-descriptions  the description of a ticket may be read by its client`

const OPTIONS = {
  tenant: { type: 'string' },
  kind: { type: 'string', multiple: true },
  source: { type: 'string', default: 'csv' },
  'date-order': { type: 'string' },
  files: { type: 'string' },
  company: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'skip-bad-rows': { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  'new-categories': { type: 'boolean', default: false },
  'public-descriptions': { type: 'boolean', default: false },
} as const

const schema = z.object({
  tenant: z.string().min(1),
  source: z.string().trim().min(1).max(60),
  'date-order': z.enum(['dmy', 'mdy']).optional(),
  kind: z.array(z.enum(KINDS)).default([]),
})

type Token = { kind: string; name?: string; value?: unknown }

/** Each file with the --kind that stands right before it. */
const filesOf = (tokens: Token[]): GivenFile[] | undefined => {
  const files: GivenFile[] = []
  let kind: Kind | undefined
  for (const token of tokens) {
    if (token.kind === 'option' && token.name === 'kind') kind = z.enum(KINDS).parse(token.value)
    if (token.kind !== 'positional') continue
    files.push({ path: String(token.value), kind })
    kind = undefined
  }
  return files.length === 0 || kind ? undefined : files
}

export type ImportCommand = { slug: string; options: Omit<ImportOptions, 'tenantId'> }

/** What the words ask for; undefined when they can't be understood (then show the usage, exit 2). */
export const importCommand = (args: string[]): ImportCommand | undefined => {
  try {
    const { values, tokens } = parseArgs({ args, options: OPTIONS, allowPositionals: true, tokens: true })
    const checked = schema.parse(values)
    const files = filesOf(tokens)
    if (!files) return undefined
    const options = {
      files,
      source: checked.source,
      dateOrder: checked['date-order'],
      filesFolder: values.files,
      company: values.company,
      dryRun: values['dry-run'],
      skipBadRows: values['skip-bad-rows'],
      strict: values.strict,
      newCategories: values['new-categories'],
      publicDescriptions: values['public-descriptions'],
    }
    return { slug: checked.tenant, options }
  } catch {
    return undefined
  }
}

const verdict = (report: Report, { dryRun, skipBadRows }: ImportCommand['options']) => {
  if (report.committed) return report.errorCount > 0 ? 'Imported, without the rows above.' : 'Imported.'
  const dry = dryRun && (report.errorCount === 0 || skipBadRows)
  return dry ? 'Dry run: nothing was written.' : `Nothing was imported: ${report.errorCount} error(s).`
}

/** Runs the import with an open database. Exit code 0: done; 1: errors in the data, or no such tenant. */
export const runImport = async ({ slug, options }: ImportCommand, say: Say): Promise<number> => {
  const tenantId = await tenantIdOf(slug)
  if (!tenantId) {
    say(`There is no tenant ${slug}.`)
    return 1
  }
  const report = await importFiles({ ...options, tenantId })
  for (const line of reportLines(report)) say(line)
  say(verdict(report, options))
  return report.committed || (options.dryRun && (report.errorCount === 0 || options.skipBadRows)) ? 0 : 1
}
