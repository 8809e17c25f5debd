import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { type Encoding, isWorkbook, sniffEncoding, textOf } from '#src/imports/encoding.ts'

/** A row as a spreadsheet numbers it: the header is row 1. */
export type Record = { row: number; cells: string[] }

export type Table = {
  path: string
  name: string
  encoding: Encoding
  separator: string
  headers: string[]
  /** The rows below the header, blank ones left out; can be read again. Throws UnreadableTable. */
  records(): AsyncGenerator<Record>
}

/** A file that is no table at all, or breaks off in the middle of one. The message names the file. */
export class UnreadableTable extends Error {}

const SEPARATORS = [',', ';', '\t'] as const
const LARGEST_RECORD = 8 * 1024 * 1024

/** The separator that the header row uses most, outside quotes; Excel's `sep=;` line wins. */
const sniffSeparator = (text: string): string => {
  const declared = /^"?sep=(.)"?\r?\n/i.exec(text)?.[1]
  if (declared) return declared
  const header = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const count = (separator: string) => header.split(separator).length
  return SEPARATORS.reduce((best, next) => (count(next) > count(best) ? next : best))
}

const firstPiece = async (path: string, encoding: Encoding) => {
  for await (const text of textOf(path, encoding)) return text
  return ''
}

const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === '')

async function* recordsOf(path: string, encoding: Encoding, separator: string): AsyncGenerator<Record> {
  const source = Readable.from(textOf(path, encoding))
  const parser = parse({
    delimiter: separator,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: LARGEST_RECORD,
    bom: false,
  })
  source.on('error', (error) => parser.destroy(error)).pipe(parser)
  let row = 0
  try {
    for await (const cells of parser) {
      row += 1
      if (!isBlank(cells)) yield { row, cells }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UnreadableTable(`${basename(path)} row ${row + 1} can't be read: ${error.message}`)
  } finally {
    source.destroy()
  }
}

/** Opens a CSV file: finds out its encoding and separator, and reads its header. Throws UnreadableTable. */
export const openTable = async (path: string): Promise<Table> => {
  const name = basename(path)
  const workbook = await isWorkbook(path).catch(() => {
    throw new UnreadableTable(`${path} can't be opened: is it there, and a file?`)
  })
  if (workbook) throw new UnreadableTable(`${name} is a workbook, not a CSV file: save it as CSV UTF-8 first`)
  const encoding = await sniffEncoding(path)
  const separator = sniffSeparator(await firstPiece(path, encoding))
  const all = async function* () {
    for await (const record of recordsOf(path, encoding, separator))
      if (record.row > 1 || !/^sep=/i.test(record.cells.join(separator))) yield record
  }
  for await (const header of all())
    return {
      path,
      name,
      encoding,
      separator,
      headers: header.cells.map((cell) => cell.trim()),
      async *records() {
        for await (const record of all()) if (record.row > header.row) yield record
      },
    }
  throw new UnreadableTable(`${name} is empty`)
}
