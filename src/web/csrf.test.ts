import { beforeAll, describe, expect, inject, test } from 'vitest'
import { csrfToken } from '#src/web/csrf.ts'
import { asOwner } from '#test/database.ts'
import { formFor } from '#test/doors/forms.ts'
import { sharedThings } from '#test/doors/matrix.ts'
import { UNCHANGED_BUT } from '#test/doors/reading.ts'
import { isPortal, nameOf, type Route, routesOf } from '#test/doors/routes.ts'
import { snapshot } from '#test/doors/snapshot.ts'
import { isStaff, staffAddress, staffThings } from '#test/doors/staff.ts'
import { addressOf, type Ids } from '#test/doors/visits.ts'
import { ORIGIN, send, sessionOf, staffSessionOf, stranger, type World, world } from '#test/world.ts'

type Headers = Record<string, string>
const HERE = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }

let w: World
let token: string
let others: string
let writes: Route[]
let things: Ids
beforeAll(async () => {
  w = await world()
  ;[token, others] = [await sessionOf(w.roles.admin), await sessionOf(w.alice)]
  writes = routesOf(w.app).filter(({ method }) => method !== 'GET')
  things = await sharedThings(w)
})

const formData = (fields: Record<string, unknown>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
  return form
}

const post = (route: Route, csrf: string | undefined, headers: Headers, cookie = `portal=${token}`) =>
  send(isPortal(route) ? addressOf(route, things) : route.path, {
    method: route.method,
    body: formData({
      ...(isPortal(route) ? formFor(w, route) : { email: 'alice@acme.example' }),
      ...(csrf !== undefined && { csrf }),
    }),
    headers: { cookie, ...headers },
  })

/** What another site can make a browser send, and what a form of ours with a wrong token looks like. */
const FORGERIES: [string, (mine: string) => string | undefined, Headers][] = [
  ['no token', () => undefined, HERE],
  ['an empty token', () => '', HERE],
  ['a token of nothing', () => 'A'.repeat(86), HERE],
  ["a token of somebody else's session", () => csrfToken(others), HERE],
  ['half a token', (mine) => csrfToken(mine).slice(0, 43), HERE],
  ['a changed token', (mine) => csrfToken(mine).replace(/^./, (first) => (first === 'A' ? 'B' : 'A')), HERE],
  ['the cookie itself', (mine) => mine, HERE],
  ['from another site', csrfToken, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['from a sister host', csrfToken, { origin: 'http://evil.localhost:3000', 'sec-fetch-site': 'same-site' }],
  ['from the address bar', csrfToken, { 'sec-fetch-site': 'none' }],
  [
    'from another site, by a browser that only says its origin',
    csrfToken,
    { origin: 'https://evil.example' },
  ],
  ['from another port', csrfToken, { origin: 'http://localhost:3001' }],
  ['from our name without https or port', csrfToken, { origin: 'http://localhost' }],
]

describe('a write of the portal', () => {
  test.each(FORGERIES)('%s: is refused, on every route, and nothing is done', async (_, make, headers) => {
    const before = await snapshot(inject('database').admin, UNCHANGED_BUT)
    const portal = writes.filter(isPortal)
    expect(portal.length).toBeGreaterThan(8)
    for (const route of portal) {
      const answer = await post(route, make(token), headers)
      expect([nameOf(route), answer.status]).toEqual([nameOf(route), 403])
      expect(answer.text).toContain('This page was too old to send')
    }
    expect(await snapshot(inject('database').admin, UNCHANGED_BUT)).toEqual(before)
  })

  test.each([
    ['as a browser sends it', HERE],
    ['by a browser that says nothing of where it was', {}],
    ['by one that hides its origin', { origin: 'null' }],
    ['by one that says only where it was', { 'sec-fetch-site': 'same-origin' }],
  ])('%s: is done with the token of its session', async (_, headers) => {
    const reading = writes.find((route) => nameOf(route) === 'POST /portal/tickets/:id/reading')
    if (!reading) throw new Error('where are read marks written?')
    expect((await post(reading, csrfToken(token), headers)).status).toBe(204)
  })
})

describe('a write of the staff app', () => {
  test.each(FORGERIES)('%s: is refused, on every route, and nothing is done', async (_, make, headers) => {
    // more writes than one person may send in ten minutes
    await asOwner('delete from rate_count')
    const session = await staffSessionOf(w.staff.administrator)
    const found = await staffThings(w)
    const but = ['staff_session.last_seen_at', 'rate_count']
    const before = await snapshot(inject('database').admin, but)
    for (const route of writes.filter(isStaff)) {
      const csrf = make(session)
      const answer = await send(staffAddress(route, found), {
        method: route.method,
        body: formData(csrf === undefined ? {} : { csrf }),
        headers: { cookie: `staff=${session}`, ...headers },
      })
      expect([nameOf(route), answer.status]).toEqual([nameOf(route), 403])
      expect(answer.text).toContain('This page was too old to send')
    }
    expect(await snapshot(inject('database').admin, but)).toEqual(before)
  })
})

describe('a write without a session', () => {
  const secret = 'b'.repeat(43)

  test.each(FORGERIES)('%s: is refused on every route', async (_, make, headers) => {
    const open = writes.filter((route) => !isPortal(route) && !isStaff(route))
    expect(open.length).toBeGreaterThan(3)
    for (const route of open)
      expect([
        nameOf(route),
        (await post(route, make(secret), headers, `portal-browser=${secret}`)).status,
      ]).toEqual([nameOf(route), 403])
  })

  test('is refused to a browser that never got a page of ours', async () => {
    for (const route of writes.filter((one) => !isPortal(one) && !isStaff(one)))
      expect([nameOf(route), (await post(route, csrfToken(secret), HERE, '')).status]).toEqual([
        nameOf(route),
        403,
      ])
  })

  test('is taken with the token of the page that the browser got', async () => {
    const page = await stranger.get('/portal/login')
    const cookie = page.cookies.find((one) => one.startsWith('portal-browser='))?.split(';')[0] ?? ''
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const login = writes.find((route) => nameOf(route) === 'POST /portal/login')
    if (!login) throw new Error('where is signed in?')
    expect((await post(login, csrf, HERE, cookie)).status).toBe(303)
  })
})

test('a token is another one on each page, and says nothing of the secret', () => {
  const tokens = new Set(Array.from({ length: 50 }, () => csrfToken(token)))
  expect(tokens.size).toBe(50)
  const starts = new Set([...tokens].map((one) => one.slice(0, 8)))
  const ends = new Set([...tokens].map((one) => one.slice(-8)))
  expect([starts.size, ends.size]).toEqual([50, 50])
})
