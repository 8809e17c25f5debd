import { uuidv7 } from 'uuidv7'
import { asSystem } from '#src/db/scope.ts'
import { PRESET_NAMES } from '#src/permissions.ts'
import { nameOf, type Route } from '#test/doors/routes.ts'
import { type Ids, visit } from '#test/doors/visits.ts'
import { seedTicket } from '#test/tickets.ts'
import { type Person, sessionOf, type World } from '#test/world.ts'

/** Somebody at Acme who has no role yet: nobody else's access hangs on her. */
const colleague = async (w: World): Promise<string> => {
  const id = uuidv7()
  await asSystem(
    'test',
    (db) =>
      db
        .insertInto('contact')
        .values({ id, company_id: w.acme, name: 'Colleague', email: `${id}@acme.example` })
        .execute(),
    w.quayline,
  )
  return id
}

/** A ticket that one person of each role is on, and a session of the one with the role `user`. */
export const sharedThings = async (w: World): Promise<Ids> => {
  const people = PRESET_NAMES.map((name) => w.roles[name])
  const ticket = await seedTicket(w.roles.user, {
    subject: 'Everybody',
    body: 'Hello',
    file: 'everybody.txt',
  })
  await asSystem(
    'test',
    async (db) => {
      const visible_to = people.map((who) => who.id)
      await db.updateTable('ticket').set({ visible_to }).where('id', '=', ticket.id).execute()
      for (const copy of ['ticket_message', 'attachment', 'ticket_participant'] as const)
        await db.updateTable(copy).set({ visible_to }).where('ticket_id', '=', ticket.id).execute()
    },
    w.quayline,
  )
  await sessionOf(w.roles.user)
  const session = await asSystem(
    'test',
    (db) =>
      db
        .selectFrom('session')
        .select('id')
        .where('contact_id', '=', w.roles.user.id)
        .executeTakeFirstOrThrow(),
    w.quayline,
  )
  const person = await colleague(w)
  return { ticket: ticket.id, attachment: ticket.file, session: session.id, person }
}

export const actorsOf = (w: World): Record<string, Person | undefined> => ({
  stranger: undefined,
  disabled: w.disabled,
  'no role': w.uninvited,
  ...w.roles,
  'other company': w.bob,
  'other tenant': w.zoe,
})

/** Route × person → status, or `sign-in` for who is sent there. */
export const matrix = async (w: World, routes: Route[]): Promise<Record<string, Record<string, string>>> => {
  const rows: Record<string, Record<string, string>> = {}
  for (const route of routes) {
    const things = await sharedThings(w) // fresh ones, because the route before may have changed them
    const row: Record<string, string> = {}
    for (const [name, who] of Object.entries(actorsOf(w))) {
      const { status, location } = await visit(w, who, route, things)
      row[name] = location?.startsWith('/portal/login') ? 'sign-in' : String(status)
    }
    rows[nameOf(route)] = row
  }
  return rows
}
