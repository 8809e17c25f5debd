import { type DateOrder, orderHint } from '#src/imports/dates.ts'
import type { Kind } from '#src/imports/fields.ts'
import { type Layout, lacking, layoutOf, normalized, recognize } from '#src/imports/headers.ts'
import type { Report } from '#src/imports/report.ts'
import { openTable, type Table, UnreadableTable } from '#src/imports/table.ts'
import { accountWord } from '#src/imports/words.ts'

export type GivenFile = { path: string; kind?: Kind | undefined }

/** A file that was read once from end to end, to know what only all of it can tell. */
export type Source = {
  table: Table
  layout: Layout
  dateOrder: DateOrder | undefined
  /** The highest ticket number that the file names. */
  highestNumber: number
  /** The column `role` says end-user, agent or admin in every row, as in Zendesk: it tells contacts from staff. */
  rolesAreAccounts: boolean
}

// "Admin" may be a job title, too: in a file of accounts there is more to see
const ACCOUNTS = ['restrictedagent', 'ticketrestriction', 'moderator', 'onlyprivatecomments']
const isOfAccounts = (table: Table) => table.headers.some((header) => ACCOUNTS.includes(normalized(header)))

const DATES = ['created', 'updated', 'solved', 'closed']

/** A ticket number as people know it; longer ones are some system's internal id. */
export const numberOf = (text: string): number | undefined =>
  /^#?\d{1,9}$/.test(text) ? Number(text.replace('#', '')) : undefined

type Hint = { text: string; row: number; column: string }
type Hints = { dmy?: Hint; mdy?: Hint; either?: Hint }

const decide = (hints: Hints, given: DateOrder | undefined, file: string, report: Report) => {
  if (given) return given
  const { dmy, mdy, either } = hints
  if (dmy && mdy) {
    const [first, later] = dmy.row < mdy.row ? [dmy, mdy] : [mdy, dmy]
    const message = `"${later.text}" has day and month the other way round than "${first.text}" in row ${first.row}`
    report.error({ file, row: later.row, column: later.column }, message)
  }
  if (either && !dmy && !mdy)
    report.error(
      { file, row: either.row, column: either.column },
      `"${either.text}" may be day/month or month/day, and no row tells: say --date-order dmy or --date-order mdy`,
    )
  return dmy ? 'dmy' : 'mdy'
}

const scan = async (
  table: Table,
  layout: Layout,
  given: DateOrder | undefined,
  report: Report,
): Promise<Source> => {
  const columnsOf = (fields: string[]) => fields.flatMap((field) => layout.columns.get(field) ?? [])
  const dates = columnsOf(DATES)
  const [number] = layout.kind === 'tickets' ? columnsOf(['number', 'id']) : []
  const [role] = layout.kind === 'contacts' ? columnsOf(['role']) : []
  let endUsers = isOfAccounts(table)
  const hints: Hints = {}
  const source: Source = {
    table,
    layout,
    dateOrder: given,
    highestNumber: 0,
    rolesAreAccounts: role !== undefined,
  }
  for await (const { row, cells } of table.records()) {
    for (const column of dates) {
      const text = cells[column] ?? ''
      const hint = orderHint(text)
      if (hint) hints[hint] ??= { text, row, column: table.headers[column] ?? '' }
    }
    if (number !== undefined)
      source.highestNumber = Math.max(source.highestNumber, numberOf((cells[number] ?? '').trim()) ?? 0)
    const account = role === undefined ? undefined : accountWord(cells[role] ?? '')
    if (account === undefined) source.rolesAreAccounts = false
    if (account === 'contact') endUsers = true
  }
  if (!endUsers) source.rolesAreAccounts = false
  return { ...source, dateOrder: decide(hints, given, table.name, report) }
}

const layoutFor = (table: Table, kind: Kind | undefined, report: Report): Layout | undefined => {
  const header = { file: table.name, row: 1 }
  const layout = kind ? layoutOf(kind, table.headers) : recognize(table.headers, table.name)
  if (!layout)
    report.error(header, 'the headers do not tell what this is: say --kind and what it holds before it')
  const missing = layout && lacking(layout)
  if (missing) report.error(header, `${layout.kind} need a column for ${missing.join(' or ')}`)
  return missing ? undefined : layout
}

/** Opens a file and looks through it. What can't be read or told is an error in the report, and undefined. */
export const readSource = async (
  { path, kind }: GivenFile,
  dateOrder: DateOrder | undefined,
  report: Report,
): Promise<Source | undefined> => {
  try {
    const table = await openTable(path)
    const layout = layoutFor(table, kind, report)
    if (layout) return await scan(table, layout, dateOrder, report)
  } catch (error) {
    if (!(error instanceof UnreadableTable)) throw error
    report.error({ file: path }, error.message)
  }
  return undefined
}
