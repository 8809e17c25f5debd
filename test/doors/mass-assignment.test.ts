import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { proofCode } from '#src/profile/code.ts'
import { asOwner } from '#test/database.ts'
import { columns } from '#test/doors/catalogue.ts'
import { effectOf } from '#test/doors/effect.ts'
import { formFor } from '#test/doors/forms.ts'
import { isPortal, nameOf, type Route, routesOf } from '#test/doors/routes.ts'
import { addressOf, type Ids } from '#test/doors/visits.ts'
import { seedTicket } from '#test/tickets.ts'
import { browser, type Fields, giveRole, sessionOf, type World, world } from '#test/world.ts'

let w: World
let known: string[]
let userRole: string
beforeAll(async () => {
  w = await world()
  await giveRole(w.alice, 'admin')
  const [role] = await asOwner<{ id: string }>(
    `update role set assignable = true where preset = 'user' and tenant_id = $1 returning id`,
    [w.quayline],
  )
  userRole = role?.id ?? ''
  const people = [
    w.alice,
    w.amir,
    w.bob,
    w.zoe,
    w.disabled,
    w.uninvited,
    w.samAtAcme,
    w.samAtBolt,
    ...Object.values(w.roles),
  ]
  const rest = await asOwner<{ id: string }>('select id from category union all select id from role')
  known = [
    w.quayline,
    w.harbor,
    w.acme,
    w.bolt,
    w.acmeAtHarbor,
    ...people.map(({ id }) => id),
    ...rest.map(({ id }) => id),
  ]
})

/** What somebody would send who knows our tables. */
const hostile = (column: string): string => {
  if (column === 'tenant_id') return w.harbor
  if (column === 'company_id') return w.bolt
  if (/(^|_)id$|visible_to/.test(column)) return w.zoe.id
  if (/_at$|_since$|^at$|_start$/.test(column)) return '2001-01-01T00:00:00Z'
  if (/^(number|value|bytes|replies|position|count|attempts)$/.test(column)) return '987654321'
  if (column === 'status') return 'closed'
  if (column === 'state') return 'used'
  if (column === 'via') return 'staff'
  if (column === 'permissions') return 'people:manage'
  if (['confidential', 'internal', 'assignable'].includes(column)) return 'true'
  return 'HOSTILE'
}

/** Fields of our own forms that happen to be called like a column. */
const OURS = ['subject', 'body', 'priority', 'contact', 'name', 'email', 'title', 'phone', 'mobile', 'role']

const extras = async (): Promise<Fields> => {
  const names = [...new Set([...(await columns()).values()].flat())].filter((name) => !OURS.includes(name))
  expect(names.length).toBeGreaterThan(80)
  const odd = {
    'ticket[status]': 'closed',
    'visible_to[]': w.zoe.id,
    __proto__: 'x',
    'constructor.prototype': 'x',
  }
  return { ...Object.fromEntries(names.map((name) => [name, hostile(name)])), ...odd }
}

/** The same things each time: a ticket that the route can work on, a session to end. */
const things = async (route: Route): Promise<Ids> => {
  const status = nameOf(route).endsWith('/reopening') ? 'solved' : 'new'
  const { id, file } = await seedTicket(w.alice, { subject: 'Same', body: 'Same', file: 'same.txt', status })
  await sessionOf(w.alice)
  const [session] = await asOwner<{ id: string }>(
    'select id from session where contact_id = $1 order by id desc limit 1',
    [w.alice.id],
  )
  const person = nameOf(route).endsWith('/invitation') ? w.uninvited : w.amir
  return { ticket: id, attachment: file, session: session?.id ?? '', person: person.id }
}

/** The same people each time, and what a form must have in it to be taken. */
const prepare = async (route: Route): Promise<Fields> => {
  await asOwner(
    `update contact set disabled_at = null, title = 'Same', phone = null, role_id = $2 where id = $1`,
    [w.amir.id, userRole],
  )
  await asOwner(`update contact set role_id = null, invited_at = null, invitation_id = null where id = $1`, [
    w.uninvited.id,
  ])
  await asOwner(`update contact set title = 'Same', phone = null where id = $1`, [w.alice.id])
  await asOwner('delete from profile_change')
  const name = nameOf(route)
  if (name.startsWith('POST /portal/people')) return { role: userRole }
  if (!/\/(proof|withdrawal)$/.test(name)) return {}
  const id = uuidv7()
  await asOwner(
    `insert into profile_change (tenant_id, id, company_id, contact_id, name, email, name_before, email_before, state, prove_until)
      values ($1, $2, $3, $4, 'Alice', 'a@new.example', 'Alice', 'alice@acme.example', 'proving', now() + interval '5 minutes')`,
    [w.quayline, id, w.acme, w.alice.id],
  )
  return { code: proofCode(id) }
}

const perform = async (route: Route, more: Fields) => {
  await asOwner('delete from session where contact_id = $1', [w.alice.id])
  const path = addressOf(route, await things(route))
  const good = { ...formFor(w, route), ...(await prepare(route)) }
  const token = await sessionOf(w.alice)
  let status = 0
  const effect = await effectOf(known, async () => {
    status = (await browser(`portal=${token}`, token).post(path, { ...good, ...more })).status
  })
  expect([nameOf(route), status < 400]).toEqual([nameOf(route), true])
  return effect
}

test('a field that no form has changes nothing, on any write', async () => {
  const hostileFields = await extras()
  const writes = routesOf(w.app).filter((route) => isPortal(route) && route.method !== 'GET')
  expect(writes.length).toBeGreaterThan(8)
  for (const route of writes) {
    const plain = await perform(route, {})
    expect([nameOf(route), plain.length]).not.toEqual([nameOf(route), 0])
    expect([nameOf(route), ...(await perform(route, hostileFields))]).toEqual([nameOf(route), ...plain])
  }
})
