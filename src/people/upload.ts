import { z } from 'zod'
import { normalized } from '#src/imports/headers.ts'
import { openTable, UnreadableTable } from '#src/imports/table.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'
import type { UploadedFile } from '#src/web/body.ts'

export type Column = 'name' | 'email' | 'company' | 'role'

/** A row of the file, as a spreadsheet numbers it: the header is row 1. */
export const rowSchema = z.object({
  row: z.number().int(),
  name: z.string(),
  email: z.string(),
  company: z.string(),
  role: z.string(),
})
export type UploadRow = z.infer<typeof rowSchema>

/** Something wrong with the file, or in one of its cells. */
export type RowProblem = { row?: number; column?: Column; key: MessageKey; values?: Values }

export const MOST_ROWS = 1_000
const LONGEST_CELL = 300

const ALIASES: Record<Column, string[]> = {
  name: ['name', 'fullname', 'displayname', 'contact'],
  email: ['email', 'emailaddress', 'mail'],
  company: ['company', 'companyname', 'client', 'customer', 'organization'],
  role: ['role', 'portalrole'],
}

const placesOf = (headers: string[]) => {
  const words = headers.map(normalized)
  const place = (column: Column) => words.findIndex((word) => ALIASES[column].includes(word))
  return { name: place('name'), email: place('email'), company: place('company'), role: place('role') }
}

/** The rows of an uploaded CSV file, as they stand there, or why they can't be read. Any encoding, any separator. */
export const readUpload = async (
  file: UploadedFile | undefined,
): Promise<{ rows: UploadRow[] } | { problem: RowProblem }> => {
  if (!file || file.bytes === 0) return { problem: { key: 'people.upload.none' } }
  if (file.tooLarge) return { problem: { key: 'people.upload.tooMany', values: { max: MOST_ROWS } } }
  try {
    const table = await openTable(file.path)
    const places = placesOf(table.headers)
    const lacking = (['email', 'company'] as const).filter((column) => places[column] < 0)
    if (lacking.length > 0)
      return { problem: { row: 1, key: 'people.upload.lacking', values: { columns: lacking.join(', ') } } }
    const rows: UploadRow[] = []
    for await (const { row, cells } of table.records()) {
      if (rows.length === MOST_ROWS)
        return { problem: { key: 'people.upload.tooMany', values: { max: MOST_ROWS } } }
      // one character more than any of these may have, so that it is refused and not cut
      const cell = (column: Column) => (cells[places[column]] ?? '').trim().slice(0, LONGEST_CELL)
      rows.push({
        row,
        name: cell('name'),
        email: cell('email'),
        company: cell('company'),
        role: cell('role'),
      })
    }
    return rows.length > 0 ? { rows } : { problem: { key: 'people.upload.empty' } }
  } catch (error) {
    if (error instanceof UnreadableTable) return { problem: { key: 'people.upload.unreadable' } }
    throw error
  }
}
