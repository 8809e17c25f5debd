import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { nameKey } from '#src/imports/known.ts'
import { emailKey } from '#src/sign-in/address.ts'
import type { FirstPerson } from '#src/tenants/setup-form.ts'

/** The company and the contact that a new tenant begins with: somebody who can sign in and sees every area. */
export const addFirstPerson = async (db: Db, person: FirstPerson) => {
  const company = uuidv7()
  const name = person.companyName
  await db
    .insertInto('company')
    .values({ id: company, name, name_key: nameKey(name) })
    .execute()
  const role = await db
    .selectFrom('role')
    .select('id')
    .where('preset', '=', 'admin')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('contact')
    .values({
      id: uuidv7(),
      company_id: company,
      name: person.name,
      email: person.email,
      email_key: emailKey(person.email),
      role_id: role.id,
    })
    .execute()
}
