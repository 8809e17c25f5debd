import { uuidv7 } from 'uuidv7'
import { openDatabase } from '#src/db/open.ts'
import { asSystem } from '#src/db/scope.ts'
import { readEnv } from '#src/env.ts'
import { createTenant } from '#src/tenants/create.ts'

export type Person = { id: string; tenant: string; email: string; colleague: { id: string; email: string } }

const company = (slug: string, tenant: string, people: number) =>
  asSystem(
    'proof: people',
    async (db) => {
      const id = uuidv7()
      await db
        .insertInto('company')
        .values({ id, name: `Company of ${slug}`, name_key: slug })
        .execute()
      const role = await db
        .selectFrom('role')
        .select('id')
        .where('preset', '=', 'manager')
        .executeTakeFirstOrThrow()
      const rows = Array.from({ length: people }, (_, n) => ({
        id: uuidv7(),
        email: `person-${n}@${slug}.example`,
      }))
      await db
        .insertInto('contact')
        .values(
          rows.map((row) => ({
            ...row,
            company_id: id,
            name: row.email,
            email_key: row.email,
            role_id: role.id,
          })),
        )
        .execute()
      return rows
    },
    tenant,
  )

/** Makes two tenants with a company each, in a data directory of their own. Everybody has a colleague to write to. */
export const settle = async (dataDir: string, peopleEach: number): Promise<Person[]> => {
  const database = await openDatabase(readEnv({ DATA_DIR: dataDir }))
  try {
    const everybody: Person[] = []
    for (const slug of ['north', 'south']) {
      const tenant = await createTenant({
        slug,
        name: `${slug} IT`,
        supportEmail: `support@${slug}.example`,
        timeZone: 'UTC',
      })
      if (!tenant) throw new Error('the database is not empty')
      const people = await company(slug, tenant, peopleEach)
      people.forEach((person, at) => {
        const colleague = people[(at + 1) % people.length] ?? person
        everybody.push({ ...person, tenant, colleague })
      })
    }
    return everybody
  } finally {
    await database.close()
  }
}
