import { uuidv7 } from 'uuidv7'
import { asSystem } from '#src/db/scope.ts'
import { asOwner } from '#test/database.ts'
import { OPEN } from '#test/doors/lists.ts'
import { fill, isStream, nameOf, type Route } from '#test/doors/routes.ts'
import { seedTicket } from '#test/tickets.ts'
import {
  type Answer,
  browser,
  type Fields,
  type StaffPerson,
  staffSessionOf,
  stranger,
  type World,
} from '#test/world.ts'

/** Behind the staff app's door: everything under /staff that isn't named open. */
export const isStaff = (route: Route) =>
  /^\/staff(\/|$)/.test(route.path) && !OPEN.includes(nameOf(route)) && !isStream(route)

/** What stands behind each word of an address: /staff/companies/:id is of a company. */
export type Things = Record<string, string>

const one = async (text: string, values: unknown[]) => {
  const [row] = await asOwner<{ id: string }>(text, values)
  if (!row) throw new Error(`nothing found by ${text}`)
  return row.id
}

/** One thing of Quayline's for each kind of address, fresh, because a visit may change it. */
export const staffThings = async (w: World): Promise<Things> => {
  const ticket = await seedTicket(w.roles.user, { subject: 'At the desk', body: 'Hello', file: 'desk.txt' })
  const tenant = w.quayline
  const [contact, role, company, staff, category] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  await asSystem(
    'test',
    async (db) => {
      await db
        .insertInto('role')
        .values({ id: role, name: `Role ${role}` })
        .execute()
      await db.insertInto('company').values({ id: company, name: 'Fresh', name_key: 'fresh' }).execute()
      await db
        .insertInto('contact')
        .values({
          id: contact,
          company_id: company,
          name: 'Fresh',
          email: `${contact}@fresh.example`,
          email_key: `${contact}@fresh.example`,
        })
        .execute()
      await db
        .insertInto('staff_member')
        .values({
          id: staff,
          name: 'Fresh',
          email: `${staff}@msp.example`,
          email_key: `${staff}@msp.example`,
        })
        .execute()
      await db
        .insertInto('category')
        .values({ id: category, name: `Fresh ${category}` })
        .execute()
    },
    tenant,
  )
  await asOwner('update ticket set visible_to = visible_to || $2::uuid where id = $1', [
    ticket.id,
    w.alice.id,
  ])
  await asOwner(
    `insert into ticket_participant (tenant_id, ticket_id, contact_id, company_id, confidential, visible_to)
      select tenant_id, id, $2, company_id, confidential, visible_to from ticket where id = $1`,
    [ticket.id, w.alice.id],
  )
  const [announcements, approvals] = [uuidv7(), uuidv7()]
  await asOwner(
    `insert into announcement (tenant_id, id, title, severity, shown_from) values ($1, $2, 'News', 'info', now())`,
    [tenant, announcements],
  )
  await asOwner(
    `insert into profile_change (tenant_id, id, company_id, contact_id, name, email, name_before, email_before, state)
      values ($1, $2, $3, $4, 'After', $5, 'Fresh', $6, 'waiting')`,
    [tenant, approvals, company, contact, `${approvals}@fresh.example`, `${contact}@fresh.example`],
  )
  const audit = await one('select id from audit_event where tenant_id = $1 limit 1', [tenant]).catch(() =>
    uuidv7(),
  )
  return {
    tickets: ticket.id,
    attachments: ticket.file,
    companies: company,
    contacts: contact,
    users: contact,
    roles: role,
    team: staff,
    categories: category,
    audit,
    announcements,
    approvals,
    // of the person who asks, and nobody else's
    previews: uuidv7(),
    passkeys: uuidv7(),
    sessions: uuidv7(),
  }
}

/** The last word before `:id` says of what it is. */
const wordOf = (route: Route) => /\/([a-z-]+)\/:id/.exec(nameOf(route))?.[1] ?? ''

export const staffHasId = (route: Route) => wordOf(route) !== ''

export const staffAddress = (route: Route, things: Things) => {
  if (!staffHasId(route)) return fill(route, {})
  const id = things[wordOf(route)]
  if (!id) throw new Error(`${nameOf(route)}: say what :id is of, in test/doors/staff.ts`)
  return fill(route, { id })
}

/** One request as somebody of an MSP, in a session of its own, with an empty form for a write. */
export const staffVisit = async (
  who: StaffPerson | undefined,
  route: Route,
  things: Things,
  form: Fields = {},
): Promise<Answer> => {
  const token = who && (await staffSessionOf(who))
  const at = token ? browser(`staff=${token}`, token) : stranger
  const path = staffAddress(route, things)
  return route.method === 'GET' ? at.get(path) : at.post(path, form)
}
