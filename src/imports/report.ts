import { KINDS, type Kind } from '#src/imports/fields.ts'

export type Place = { file: string; row?: number; column?: string | undefined }

const said = ({ file, row, column }: Place) =>
  [file, row && ` row ${row}`, row && column && ',', column && ` column "${column}"`].filter(Boolean).join('')

const SHOWN = 100
const EXAMPLES = 3

type Counts = { added: number; changed: number; unchanged: number; skipped: number }

/** What an import did, or why it did nothing. */
export class Report {
  readonly counts = Object.fromEntries(
    KINDS.map((kind) => [kind, { added: 0, changed: 0, unchanged: 0, skipped: 0 }]),
  ) as Record<Kind, Counts>
  /** The first hundred, as `tickets.csv row 17, column "status": "Foo" is not a status (known: …)`. */
  readonly errors: string[] = []
  errorCount = 0
  /** Whether what the counts say is in the database now. */
  committed = false
  /** What each file was taken for. */
  readonly files: string[] = []
  readonly #notes = new Map<string, { count: number; examples: string[] }>()

  error(place: Place, message: string) {
    this.errorCount += 1
    if (this.errors.length < SHOWN) this.errors.push(`${said(place)}: ${message}`)
  }

  /** Something that was decided for the rows: counted by its message, with the first few places. */
  note(message: string, place: Place) {
    const known = this.#notes.get(message) ?? { count: 0, examples: [] }
    known.count += 1
    if (known.examples.length < EXAMPLES) known.examples.push(said(place))
    this.#notes.set(message, known)
  }

  get notes(): { message: string; count: number; examples: string[] }[] {
    return [...this.#notes].map(([message, rest]) => ({ message, ...rest }))
  }
}

const noteLine = ({ message, count, examples }: Report['notes'][number]) =>
  `  ${count} × ${message} (${examples.join('; ')}${count > examples.length ? '; …' : ''})`

/** The report as lines of text. */
export const reportLines = (report: Report): string[] => {
  const kinds = KINDS.filter((kind) => Object.values(report.counts[kind]).some((count) => count > 0))
  const counts = kinds.map((kind) => {
    const { added, changed, unchanged, skipped } = report.counts[kind]
    return `${kind.padEnd(10)} ${added} added, ${changed} changed, ${unchanged} unchanged, ${skipped} skipped`
  })
  const notes = report.notes.map(noteLine)
  const hidden = report.errorCount - report.errors.length
  return [
    ...report.errors,
    ...(hidden > 0 ? [`… and ${hidden} more errors`] : []),
    ...report.files,
    ...counts,
    ...(notes.length > 0 ? ['Notes:', ...notes] : []),
  ]
}
