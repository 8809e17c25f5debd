import { FIELDS, FILE_NAMES, KINDS, type Kind, NEEDED, SIGNS } from '#src/imports/fields.ts'

/** What a file's columns mean. */
export type Layout = {
  kind: Kind
  /** The column, counted from 0, of each field that the file has. */
  columns: ReadonlyMap<string, number>
  /** Headers that mean nothing to us. */
  ignored: string[]
}

/** Lower case without spaces, marks and remarks: `[required *] Contact: First Name ` → `contact:firstname`. */
export const normalized = (header: string): string =>
  header
    .toLowerCase()
    .replace(/\[[^\]]*\]|\([^)]*\)/g, '')
    .replace(/[^\p{L}\p{N}:#]/gu, '')

const OWN: { readonly [K in Kind]: readonly string[] } = {
  companies: ['organization', 'company', 'account', 'client', 'customer'],
  staff: ['resource', 'staff', 'agent'],
  contacts: ['contact'],
  tickets: ['ticket'],
  messages: ['note', 'comment', 'message'],
}

/** "Organization: Name" is the name in a file of companies, and the company's name anywhere else. */
const meanings = (header: string, kind: Kind): string[] => {
  const [prefix = '', rest] = header.split(':')
  if (rest === undefined) return [header]
  const joined = rest.startsWith(prefix) ? rest : prefix + rest
  return OWN[kind].includes(prefix) ? [rest, joined] : [joined]
}

/** What the headers mean in a file of this kind. */
export const layoutOf = (kind: Kind, headers: string[]): Layout => {
  const known = new Map<string, number>()
  headers.forEach((header, column) => {
    for (const meaning of meanings(normalized(header), kind))
      if (!known.has(meaning)) known.set(meaning, column)
  })
  const taken = new Set<number>()
  const columns = new Map<string, number>()
  for (const [field, aliases] of Object.entries<readonly string[]>(FIELDS[kind])) {
    const column = aliases
      .map((alias) => known.get(alias))
      .find((found) => found !== undefined && !taken.has(found))
    if (column === undefined) continue
    taken.add(column)
    columns.set(field, column)
  }
  const ignored = headers.filter((header, column) => header !== '' && !taken.has(column))
  return { kind, columns, ignored }
}

/** The first group of fields of which a file of this kind has to have one, and doesn't. */
export const lacking = ({ kind, columns }: Layout): readonly string[] | undefined =>
  NEEDED[kind].find((group: readonly string[]) => !group.some((field) => columns.has(field)))

const signsOf = ({ kind }: Layout, headers: string[]) => {
  const signs = new Set(SIGNS[kind])
  return headers.filter((header) => meanings(normalized(header), kind).some((each) => signs.has(each))).length
}

/**
 * Tells a file's kind from its headers and, where they leave it open, its name. Undefined when none fits or it can't be
 * told: a list of products has an id and a name, too.
 */
export const recognize = (headers: string[], fileName: string): Layout | undefined => {
  const fitting = KINDS.map((kind) => layoutOf(kind, headers)).filter((layout) => !lacking(layout))
  const named = fitting.find(({ kind }) => FILE_NAMES[kind].test(fileName))
  if (named && signsOf(named, headers) > 0) return named
  const weighed = fitting
    .map((layout) => ({ layout, signs: signsOf(layout, headers) }))
    .filter(({ signs }) => signs > 0)
    .map(({ layout, signs }) => ({ layout, weight: layout.columns.size + 3 * signs }))
  const best = Math.max(...weighed.map(({ weight }) => weight))
  const winners = weighed.filter(({ weight }) => weight === best)
  return winners.length === 1 ? winners[0]?.layout : named
}
