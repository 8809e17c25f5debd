import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { sharedThings } from '#test/doors/matrix.ts'
import { isPortal, nameOf, type Route, routesOf } from '#test/doors/routes.ts'
import { addressOf } from '#test/doors/visits.ts'
import { browser, type Fields, sessionOf, type World, world } from '#test/world.ts'

const ODD = [
  '',
  ' ',
  '\0',
  '\n'.repeat(1_000),
  'x'.repeat(60_000),
  '-1',
  '1e309',
  'null',
  '[object Object]',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  uuidv7().toUpperCase(),
  "' or 1=1 --",
  '{"a":1}',
  '🤷‍♀️'.repeat(100),
  '\u202e\u2066\ufeff',
  '__proto__',
]
const FIELDS = ['subject', 'body', 'priority', 'category', 'for', 'kept', 'once', 'then', 'contact', 'which']

let w: World
let writes: Route[]
beforeAll(async () => {
  w = await world()
  writes = routesOf(w.app).filter((route) => isPortal(route) && route.method !== 'GET')
})

test('whatever the fields of a write hold, the answer is never an error of ours', async () => {
  const things = await sharedThings(w)
  for (const value of ODD) {
    const forms: Fields[] = [
      Object.fromEntries(FIELDS.map((name) => [name, value])),
      ...FIELDS.map((name) => ({ subject: 'Odd', body: 'Odd', [name]: [value, value] })),
    ]
    for (const route of writes) {
      // the last value of a field counts, so the forms that differ in one field are for the routes that have several
      for (const form of /tickets(\/:id\/replies)?$/.test(nameOf(route)) ? forms : forms.slice(0, 1)) {
        const token = await sessionOf(w.roles.admin)
        const { status } = await browser(`portal=${token}`, token).post(addressOf(route, things), form)
        expect([nameOf(route), form, status < 500]).toEqual([nameOf(route), form, true])
      }
    }
  }
})
