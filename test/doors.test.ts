import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { paths } from '#src/paths.ts'
import { PERMISSIONS, PRESET_NAMES, PRESETS } from '#src/permissions.ts'
import { siteOf } from '#src/web/site.ts'
import { asOwner } from '#test/database.ts'
import { change, ENDINGS, forgeries } from '#test/doors/cookies.ts'
import { expectGolden } from '#test/doors/golden.ts'
import { keeperOf } from '#test/doors/keeper.ts'
import { actorsOf, matrix, sharedThings } from '#test/doors/matrix.ts'
import { isPortal, nameOf, type Route, routesOf } from '#test/doors/routes.ts'
import { readEverything, UNCHANGED_BUT } from '#test/doors/reading.ts'
import { snapshot } from '#test/doors/snapshot.ts'
import { hasId, type Ids, visit } from '#test/doors/visits.ts'
import { type Answer, as, browser, giveRole, plain, send, sessionOf, type World, world } from '#test/world.ts'

/** What needs no session: each line is a decision. */
const OPEN = [
  'GET /',
  'GET /assets/:file',
  'GET /speculation.json',
  'GET /brand/:slug/:file',
  'GET /brand/:slug/:hash/logo',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'GET /portal/login',
  'POST /portal/login',
  'GET /portal/login/code',
  'POST /portal/login/code',
  'GET /portal/login/verify',
  'POST /portal/login/verify',
  'GET /setup',
  'POST /setup',
  'GET /setup/done',
  // in demo and development only
  'GET /demo',
  'POST /demo',
  'GET /demo/:request',
  'GET /mailbox',
  'GET /mailbox/:id',
  'GET /mailbox/:id/html',
]

/** What everybody who has signed in may do. */
const SIGNED_IN = [
  'GET /portal',
  'GET /portal/sessions',
  'POST /portal/sessions/:id/ending',
  'POST /portal/sessions/endings',
  'POST /portal/logout',
]

let w: World
let portal: Route[]
let things: Ids
beforeAll(async () => {
  w = await world()
  portal = routesOf(w.app).filter(isPortal)
  things = await sharedThings(w)
})

describe('1. every route but the open ones turns a stranger away', () => {
  test('and each open one is named, in every mode', () => {
    const modes = ['test', 'demo', 'development', 'production'] as const
    const all = modes.flatMap((MODE) => routesOf(createApp(siteOf({ ...w.env, MODE })) as World['app']))
    const open = all.filter((route) => !isPortal(route)).map(nameOf)
    expect([...new Set(open)].sort()).toEqual([...OPEN].sort())
    const production = routesOf(createApp(siteOf({ ...w.env, MODE: 'production' })) as World['app']).map(nameOf)
    expect(production.filter((name) => /demo|mailbox/.test(name))).toEqual([])
  })

  test('to the sign-in page, with nothing shown and nothing done', async () => {
    const before = await snapshot(inject('database').admin)
    for (const route of portal) {
      const answer = await visit(w, undefined, route, things)
      expect([nameOf(route), answer.status, answer.text]).toEqual([nameOf(route), 303, ''])
      expect(answer.location).toMatch(route.method === 'GET' ? /^\/portal\/login\?next=%2Fportal/ : /^\/portal\/login$/)
    }
    expect(await snapshot(inject('database').admin)).toEqual(before)
  })

  test('also by methods that no route has, and where there is no route', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE-ME'])
      expect([method, (await send('/portal/tickets', { method })).status]).toEqual([method, 303])
    expect((await send('/portal/nothing/here')).status).toBe(303)
    expect((await send('/portal/tickets/not-a-uuid')).status).toBe(303)
  })
})

describe('2. a session opens what its role names, and nothing else does', () => {
  test('every route of the portal names one permission, or is for everybody who has signed in', () => {
    for (const route of portal) {
      expect([nameOf(route), route.permissions.length]).toEqual([nameOf(route), 1])
      expect([...PERMISSIONS, 'signedIn']).toContain(route.permissions[0])
    }
    expect(portal.filter((route) => route.permissions[0] === 'signedIn').map(nameOf)).toEqual(SIGNED_IN)
  })

  test('route by role: the matrix', async () => {
    const rows = await matrix(w, portal)
    for (const route of portal) {
      const [permission = ''] = route.permissions
      const row = rows[nameOf(route)] ?? {}
      for (const preset of PRESET_NAMES) {
        const held = permission === 'signedIn' || PRESETS[preset].some((name) => name === permission)
        expect([nameOf(route), preset, row[preset] === '403']).toEqual([nameOf(route), preset, !held])
      }
    }
    const actors = Object.keys(actorsOf(w))
    const line = (route: Route) =>
      `${nameOf(route)} [${route.permissions}] ${actors.map((who) => `${who} ${rows[nameOf(route)]?.[who]}`).join(', ')}`
    expectGolden('matrix', portal.map(line))
  })

  test('a permission is gone with the next request, and back with the one after', async () => {
    const keeper = await keeperOf(w)
    const token = await sessionOf(keeper.who)
    const named = portal.filter((route) => route.permissions[0] !== 'signedIn')
    const status = async (route: Route) => (await visit(w, keeper.who, route, things)).status
    for (const route of named) {
      expect([nameOf(route), await status(route)]).not.toEqual([nameOf(route), 403])
      await keeper.holds(PERMISSIONS.filter((name) => name !== route.permissions[0]))
      expect([nameOf(route), await status(route)]).toEqual([nameOf(route), 403])
      await keeper.holds(PERMISSIONS)
    }
    const at = browser(`portal=${token}`, token)
    expect((await at.get('/portal/tickets/new')).status).toBe(200)
    await giveRole(keeper.who, 'viewer')
    expect((await at.get('/portal/tickets/new')).status).toBe(403)
    await keeper.leave()
  })

  test('a cookie that was changed, cut, forged or put under another name is nobody', async () => {
    for (const [what, cookie] of Object.entries(await forgeries(w)))
      expect([what, (await send('/portal', { headers: { cookie } })).status]).toEqual([what, 303])
    expect((await (await as(w.alice)).get('/portal')).status).toBe(200)
  })

  test.each(Object.entries(ENDINGS))('a session is nobody once %s', async (_, ending) => {
    const token = await sessionOf(w.alice)
    const at = browser(`portal=${token}`, token)
    expect((await at.get('/portal')).status).toBe(200)
    await change(w.alice, ending, ending.end)
    expect((await at.get('/portal')).status).toBe(303)
    expect((await at.post('/portal/tickets', { subject: 'Late', body: 'Late' })).status).toBe(303)
    await change(w.alice, ending, ending.undo)
    expect((await at.get('/portal')).status).toBe(200)
  })

  test("the public door takes no portal session for its browser's secret", async () => {
    const token = await sessionOf(w.alice)
    const answer = await browser(`portal=${token}`, token).post('/portal/login', { email: 'alice@acme.example' })
    expect(answer.status).toBe(403)
    const browserOnly = await browser(`portal-browser=${token}`, token).post('/portal/login', { email: 'a@b.example' })
    expect(browserOnly.status).toBe(403)
  })
})

describe("3. what is somebody else's is not there", () => {
  const ofAlice = async (): Promise<Ids> => {
    await sessionOf(w.alice)
    const [session] = await asOwner<{ id: string }>('select id from session where contact_id = $1 limit 1', [w.alice.id])
    return { ticket: w.tickets.alices.id, attachment: w.tickets.alices.file, session: session?.id ?? '' }
  }
  const same = (one: Answer) => ({ status: one.status, headers: [...one.headers], text: plain(one) })

  test('for another tenant, another company and a colleague: the 404 of what never was', async () => {
    const never = uuidv7()
    const [hers, nobodys] = [await ofAlice(), { ticket: never, attachment: never, session: never }]
    const routes = portal.filter(hasId)
    expect(routes.length).toBeGreaterThan(6)
    for (const route of routes) {
      for (const who of [w.zoe, w.bob, w.amir]) {
        const [theirs, none] = [await visit(w, who, route, hers), await visit(w, who, route, nobodys)]
        expect([nameOf(route), who.name, theirs.status]).toEqual([nameOf(route), who.name, 404])
        expect(same(theirs)).toEqual(same(none))
      }
      expect([nameOf(route), (await visit(w, w.alice, route, hers)).status]).not.toEqual([nameOf(route), 404])
    }
  })

  test('nor is a file on an internal note, for anybody in the portal', async () => {
    const route = portal.find((one) => nameOf(one) === 'GET /portal/attachments/:id')
    if (!route) throw new Error('where are attachments read?')
    const hidden = { ...things, attachment: w.tickets.alices.hiddenFile }
    for (const who of [w.alice, ...Object.values(w.roles), w.bob, w.zoe])
      expect([who.name, (await visit(w, who, route, hidden)).status]).toEqual([who.name, 404])
  })

  test('a malformed id is the same 404', async () => {
    const alice = await as(w.alice)
    const none = same(await alice.get(paths.ticket(uuidv7())))
    for (const id of ['1', 'new2', '%00', `${uuidv7()}0`, uuidv7().toUpperCase(), `${uuidv7()}%20`])
      expect([id, same(await alice.get(`/portal/tickets/${id}`))]).toEqual([id, none])
  })
})

describe('6. reading changes nothing', () => {
  test('GET and HEAD of every route, with every known parameter, as everybody', async () => {
    await asOwner(`update session set last_seen_at = now() - interval '2 minutes'`)
    const before = await snapshot(inject('database').admin, UNCHANGED_BUT)
    const [{ sessions = '' } = {}] = await asOwner<{ sessions: string }>('select md5(string_agg(last_seen_at::text, null order by id)) as sessions from session')
    const requests = await readEverything(w, things)
    expect(requests).toBeGreaterThan(200)
    expect(await snapshot(inject('database').admin, UNCHANGED_BUT)).toEqual(before)
    const [after] = await asOwner<{ sessions: string }>('select md5(string_agg(last_seen_at::text, null order by id)) as sessions from session')
    expect(after?.sessions).not.toBe(sessions) // the named exception did happen, so the snapshots can tell
  })
})
