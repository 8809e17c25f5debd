import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { type ContactInput, contactRow } from '#src/people/forms.ts'
import { keepingManagers } from '#src/people/last-admin.ts'
import { endSessionsOf, type Person } from '#src/people/queries.ts'

/** Answers the new contact's id. She has no access to the portal yet. */
export const addContact = async (db: Db, companyId: string, input: ContactInput): Promise<string> => {
  const id = uuidv7()
  await db
    .insertInto('contact')
    .values({ id, company_id: companyId, ...contactRow(input) })
    .execute()
  return id
}

/** Writes what was typed. Another address is another way in: whoever is signed in with the old one is out. */
export const changeContact = async (db: Db, person: Person, input: ContactInput) => {
  await db.updateTable('contact').set(contactRow(input)).where('id', '=', person.id).execute()
  if ((person.email ?? '') !== input.email) await endSessionsOf(db, [person.id])
}

/** Answers the companies that would be without anybody to manage their people; then nothing was changed. */
type Kept = Promise<string[]>
type Held = Pick<Person, 'id' | 'company_id'>

const now = sql<Date>`now()`

/** Out of every list and of the portal, with the next click. Lock her first. */
export const archivePerson = (db: Db, person: Person): Kept =>
  keepingManagers(db, [person.company_id], async () => {
    await db.updateTable('contact').set({ archived_at: now }).where('id', '=', person.id).execute()
    await endSessionsOf(db, [person.id])
  })

export const restorePerson = (db: Db, person: Person) =>
  db.updateTable('contact').set({ archived_at: null }).where('id', '=', person.id).execute()

/** She keeps her role and can't use it; her sessions end here. Lock her first. */
export const disablePerson = (db: Db, person: Held): Kept =>
  keepingManagers(db, [person.company_id], async () => {
    await db
      .updateTable('contact')
      .set({ disabled_at: sql<Date>`coalesce(disabled_at, now())` })
      .where('id', '=', person.id)
      .execute()
    await endSessionsOf(db, [person.id])
  })

export const enablePerson = (db: Db, person: Person) =>
  db.updateTable('contact').set({ disabled_at: null }).where('id', '=', person.id).execute()

/** Takes her role and her invitation: its link leads nowhere, her sessions end. Lock her first. */
export const revokePerson = (db: Db, person: Person): Kept =>
  keepingManagers(db, [person.company_id], async () => {
    await db
      .updateTable('contact')
      .set({ role_id: null, invited_at: null, invitation_id: null })
      .where('id', '=', person.id)
      .execute()
    await endSessionsOf(db, [person.id])
  })

/** Another role, from her next click on. Lock her first. */
export const giveRole = (db: Db, person: Held, roleId: string): Kept =>
  keepingManagers(db, [person.company_id], () =>
    db.updateTable('contact').set({ role_id: roleId }).where('id', '=', person.id).execute(),
  )
