import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'

type Named = { object_kind: string | null; object_id: string | null }

const TABLES = {
  company: 'company',
  contact: 'contact',
  role: 'role',
  category: 'category',
  staff: 'staff_member',
  staff_member: 'staff_member',
} as const

const isNamed = (kind: string): kind is keyof typeof TABLES => Object.hasOwn(TABLES, kind)

const namesIn = (db: Db, kind: string, ids: string[]): Promise<{ id: string; name: string }[]> => {
  if (isNamed(kind))
    return db.selectFrom(TABLES[kind]).select(['id', 'name']).where('id', 'in', ids).execute()
  if (kind === 'announcement')
    return db.selectFrom('announcement').select(['id', 'title as name']).where('id', 'in', ids).execute()
  if (kind === 'ticket')
    return db
      .selectFrom('ticket')
      .select(['id', sql<string>`'#' || number || ' ' || subject`.as('name')])
      .where('id', 'in', ids)
      .execute()
  return Promise.resolve([])
}

/** The names of what these rows are about, by id, as far as it is still there. */
export const namesOf = async (db: Db, rows: Named[]): Promise<Map<string, string>> => {
  const kinds = Map.groupBy(rows, (row) => row.object_kind ?? '')
  const found = await Promise.all(
    [...kinds].map(([kind, of]) => {
      const ids = [...new Set(of.flatMap(({ object_id }) => object_id ?? []))]
      return ids.length > 0 ? namesIn(db, kind, ids) : []
    }),
  )
  return new Map(found.flat().map(({ id, name }) => [id, name]))
}
