import { z } from 'zod'

/** Where a page of a list by name begins or ends: a row's sort text and id. */
export type NameCursor = { name: string; id: string }

const shape = z.tuple([z.string().max(400), z.uuid()])

const nameCursorOf = ({ name, id }: NameCursor): string =>
  Buffer.from(JSON.stringify([name, id])).toString('base64url')

const readCursor = (text: string): NameCursor | undefined => {
  try {
    const [name, id] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return name.includes('\0') ? undefined : { name, id }
  } catch {
    return undefined
  }
}

/** Of an address; one that can't be read counts as none, so that an old bookmark opens the first page. */
export const nameCursor = z
  .string()
  .max(1_000)
  .optional()
  .transform((text) => (text ? readCursor(text) : undefined))

export type NamePage = { after?: NameCursor | undefined; before?: NameCursor | undefined }

/** The rows of one page, of a query that fetched one more than `size`, and where its neighbors begin. */
export const pageOfNames = <T>(
  rows: T[],
  size: number,
  { after, before }: NamePage,
  mark: (row: T) => NameCursor,
) => {
  const more = rows.length > size
  const page = before ? rows.slice(0, size).reverse() : rows.slice(0, size)
  const [first, last] = [page[0], page.at(-1)]
  return {
    rows: page,
    back: first && (before ? more : after !== undefined) ? nameCursorOf(mark(first)) : undefined,
    on: last && (before ? true : more) ? nameCursorOf(mark(last)) : undefined,
  }
}

/** A search term as a pattern that finds it anywhere. */
export const anywhere = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
