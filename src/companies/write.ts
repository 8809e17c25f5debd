import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { nameKey } from '#src/imports/known.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'

const MAX_NAME = 200

export type NameProblem = { key: MessageKey; values?: Values }

/** What is wrong with a company's name; another company in use may not have it. */
export const companyNameProblem = async (
  db: Db,
  name: string,
  except?: string,
): Promise<NameProblem | undefined> => {
  if (name === '') return { key: 'form.required' }
  if (name.length > MAX_NAME)
    return { key: 'form.tooLong', values: { over: name.length - MAX_NAME, max: MAX_NAME } }
  const same = await db
    .selectFrom('company')
    .select(['id', 'name'])
    .where('name_key', '=', nameKey(name))
    .where('archived_at', 'is', null)
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
    .limit(1)
    .executeTakeFirst()
  return same && { key: 'companies.name.taken', values: { name: same.name } }
}

/** Answers the new company's id. */
export const addCompany = async (db: Db, name: string): Promise<string> => {
  const id = uuidv7()
  await db
    .insertInto('company')
    .values({ id, name, name_key: nameKey(name) })
    .execute()
  return id
}

export const renameCompany = (db: Db, id: string, name: string) =>
  db
    .updateTable('company')
    .set({ name, name_key: nameKey(name) })
    .where('id', '=', id)
    .execute()

/** An archived company's people are out with their next click, and sign in anew when it comes back. */
export const archiveCompany = async (db: Db, id: string) => {
  await db
    .updateTable('company')
    .set({ archived_at: sql<Date>`coalesce(archived_at, now())` })
    .where('id', '=', id)
    .execute()
  await db
    .updateTable('session')
    .set({ ended_at: sql<Date>`now()` })
    .where('company_id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

export const restoreCompany = (db: Db, id: string) =>
  db.updateTable('company').set({ archived_at: null }).where('id', '=', id).execute()
