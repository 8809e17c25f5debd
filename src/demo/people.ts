import { asSystem } from '#src/db/scope.ts'

export type DemoPerson = {
  id: string
  name: string
  title: string | null
  email: string
  company: string
  role: string
}

/** Everybody of the demo who can sign in and fits what was searched for, by company. */
export const demoPeople = async (search: string): Promise<DemoPerson[]> => {
  const people = await asSystem('demo: who can sign in', (db) =>
    db
      .selectFrom('contact as c')
      .innerJoin('company as o', (on) =>
        on.onRef('o.tenant_id', '=', 'c.tenant_id').onRef('o.id', '=', 'c.company_id'),
      )
      .innerJoin('role as r', (on) =>
        on.onRef('r.tenant_id', '=', 'c.tenant_id').onRef('r.id', '=', 'c.role_id'),
      )
      .select(['c.id', 'c.name', 'c.title', 'c.email', 'o.name as company', 'r.name as role'])
      .where('c.disabled_at', 'is', null)
      .where('c.archived_at', 'is', null)
      .where('o.archived_at', 'is', null)
      .orderBy('o.name')
      .orderBy('c.name')
      .execute(),
  )
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return people.flatMap(({ email, ...person }) => {
    const text = [person.name, person.title, email, person.company, person.role].join(' ').toLowerCase()
    return email && wanted.every((word) => text.includes(word)) ? { ...person, email } : []
  })
}

/** A request of this browser as the demo shows it. */
export const demoRequest = (id: string, browser: Buffer) =>
  asSystem('demo: a sign-in request', (db) =>
    db
      .selectFrom('login_request')
      .select(['email', 'state', 'created_at', 'next_path'])
      .where('id', '=', id)
      .where('browser_hash', '=', browser)
      .executeTakeFirst(),
  )
