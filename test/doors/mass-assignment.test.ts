import { beforeAll, expect, test } from 'vitest'
import { asOwner } from '#test/database.ts'
import { columns } from '#test/doors/catalogue.ts'
import { effectOf } from '#test/doors/effect.ts'
import { formFor } from '#test/doors/forms.ts'
import { isPortal, nameOf, type Route, routesOf } from '#test/doors/routes.ts'
import { addressOf, type Ids } from '#test/doors/visits.ts'
import { seedTicket } from '#test/tickets.ts'
import { browser, type Fields, sessionOf, type World, world } from '#test/world.ts'

let w: World
let known: string[]
beforeAll(async () => {
  w = await world()
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
const OURS = ['subject', 'body', 'priority', 'contact']

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
  return { ticket: id, attachment: file, session: session?.id ?? '', person: w.amir.id }
}

const perform = async (route: Route, more: Fields) => {
  await asOwner('delete from session where contact_id = $1', [w.alice.id])
  const path = addressOf(route, await things(route))
  const token = await sessionOf(w.alice)
  let status = 0
  const effect = await effectOf(known, async () => {
    status = (await browser(`portal=${token}`, token).post(path, { ...formFor(w, route), ...more })).status
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
