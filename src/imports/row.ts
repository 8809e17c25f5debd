import { parseDate } from '#src/imports/dates.ts'
import type { Field, Kind } from '#src/imports/fields.ts'
import type { Place, Report } from '#src/imports/report.ts'
import type { Source } from '#src/imports/source.ts'
import type { Record } from '#src/imports/table.ts'
import { flagWord } from '#src/imports/words.ts'
import { addressProblem } from '#src/sign-in/address.ts'

// PostgreSQL keeps neither NUL nor half of a surrogate pair
const clean = (text: string) => text.replaceAll('\0', '').toWellFormed()

/** A row on its way in: its fields as values, what is wrong with them as errors in the report. */
export class Row<K extends Kind> {
  /** Something in it can't be used. */
  bad = false
  readonly number: number
  readonly #source: Source
  readonly #cells: string[]
  readonly #report: Report
  readonly #moveTime: (time: Date) => Date

  constructor(source: Source, { row, cells }: Record, report: Report, moveTime: (time: Date) => Date) {
    this.#source = source
    this.number = row
    this.#cells = cells
    this.#report = report
    this.#moveTime = moveTime
    const { headers } = source.table
    if (cells.slice(headers.length).some((cell) => cell.trim() !== ''))
      this.error(undefined, `has ${cells.length} cells, the header ${headers.length}: is a quote missing?`)
  }

  place(field?: Field<K>): Place {
    const column = field && this.#source.layout.columns.get(field)
    return {
      file: this.#source.table.name,
      row: this.number,
      column: column === undefined ? field : this.#source.table.headers[column],
    }
  }

  error(field: Field<K> | undefined, message: string) {
    this.bad = true
    this.#report.error(this.place(field), message)
  }

  note(field: Field<K> | undefined, message: string) {
    this.#report.note(message, this.place(field))
  }

  /** The file has a column for it, though it may be empty here. */
  has(field: Field<K>): boolean {
    return this.#source.layout.columns.has(field)
  }

  /** Trimmed; empty when there is nothing, or no such column. */
  text(field: Field<K>): string {
    const column = this.#source.layout.columns.get(field)
    return column === undefined ? '' : clean(this.#cells[column] ?? '').trim()
  }

  /** Undefined when empty. Text that is too long is an error. */
  limited(field: Field<K>, longest: number): string | undefined {
    const text = this.text(field)
    if (text.length > longest) this.error(field, `has ${text.length} characters, at most ${longest} fit`)
    return text || undefined
  }

  required(field: Field<K>, text: string | undefined): string {
    if (!text) this.error(field, 'is empty')
    return text ?? ''
  }

  /** Undefined when empty. */
  flag(field: Field<K>): boolean | undefined {
    const text = this.text(field)
    const flag = text === '' ? undefined : flagWord(text)
    if (text !== '' && flag === undefined) this.error(field, `"${text}" is neither yes nor no`)
    return flag
  }

  date(field: Field<K>): Date | undefined {
    const text = this.text(field)
    if (text === '') return undefined
    const date = parseDate(text, this.#source.dateOrder)
    if (!date) this.error(field, `"${text}" is not a date and time`)
    return date && this.#moveTime(date)
  }

  email(field: Field<K>): string | undefined {
    const text = this.limited(field, 254)
    if (text && addressProblem(text)) this.error(field, `"${text}" is not an e-mail address`)
    return text
  }

  /** Undefined when empty; a word that `read` doesn't know is an error that names what there is. */
  word<T>(
    field: Field<K>,
    read: (text: string) => T | undefined,
    what: string,
    known: readonly string[],
  ): T | undefined {
    const text = this.text(field)
    if (text === '') return undefined
    const word = read(text)
    if (word === undefined) this.error(field, `"${text}" is not a ${what} (known: ${known.join(', ')})`)
    return word
  }
}
