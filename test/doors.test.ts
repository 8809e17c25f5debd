import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { roleOf, SURFACES } from '#src/db/connect.ts'
import { paths } from '#src/paths.ts'
import { PERMISSIONS, PRESET_NAMES, PRESETS } from '#src/permissions.ts'
import { siteOf } from '#src/web/site.ts'
import { asOwner } from '#test/database.ts'
import * as catalogue from '#test/doors/catalogue.ts'
import { expectGolden } from '#test/doors/golden.ts'
import { keeperOf } from '#test/doors/keeper.ts'
import { BEFORE_A_TENANT, OPEN, SIGNED_IN, WITHOUT_TENANT } from '#test/doors/lists.ts'
import { actorsOf, matrix, sharedThings } from '#test/doors/matrix.ts'
import { readEverything, readers, UNCHANGED_BUT } from '#test/doors/reading.ts'
import { isPortal, isStream, nameOf, type Route, routesOf } from '#test/doors/routes.ts'
import { rowsShown } from '#test/doors/scopeless.ts'
import { fillTables } from '#test/doors/seeds.ts'
import { snapshot } from '#test/doors/snapshot.ts'
import { isStaff } from '#test/doors/staff.ts'
import { hasId, type Ids, visit } from '#test/doors/visits.ts'
import { andSolve } from '#test/pages.ts'
import { hire } from '#test/staff.ts'
import { type Answer, as, browser, giveRole, plain, send, sessionOf, type World, world } from '#test/world.ts'

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
    const all = modes.flatMap((MODE) => routesOf(createApp(siteOf({ ...w.env, MODE }))))
    const open = all.filter((route) => !isPortal(route) && !isStaff(route) && !isStream(route)).map(nameOf)
    expect([...new Set(open)].sort()).toEqual([...OPEN].sort())
    const production = routesOf(createApp(siteOf({ ...w.env, MODE: 'production' }))).map(nameOf)
    expect(production.filter((name) => /demo|mailbox/.test(name))).toEqual([])
  })

  test('to the sign-in page, with nothing shown and nothing done', async () => {
    const before = await snapshot(inject('database').admin)
    for (const route of portal) {
      const answer = await visit(w, undefined, route, things)
      expect([nameOf(route), answer.status, answer.text]).toEqual([nameOf(route), 303, ''])
      expect(answer.location).toMatch(
        route.method === 'GET' ? /^\/portal\/login\?next=%2Fportal/ : /^\/portal\/login$/,
      )
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
})

describe("3. what is somebody else's is not there", () => {
  const ofAlice = async (): Promise<Ids> => {
    await sessionOf(w.alice)
    const [session] = await asOwner<{ id: string }>('select id from session where contact_id = $1 limit 1', [
      w.alice.id,
    ])
    return {
      ticket: w.tickets.alices.id,
      attachment: w.tickets.alices.file,
      session: session?.id ?? '',
      person: w.alice.id,
    }
  }
  const same = (one: Answer) => ({ status: one.status, headers: [...one.headers], text: plain(one) })

  test('for another tenant, another company and a colleague: the 404 of what never was', async () => {
    const never = uuidv7()
    const [hers, nobodys] = [
      await ofAlice(),
      { ticket: never, attachment: never, session: never, person: never },
    ]
    const routes = portal.filter(hasId)
    expect(routes.length).toBeGreaterThan(6)
    for (const route of routes) {
      // a colleague is no stranger to her colleagues' pages: those ask for a permission, above
      for (const who of route.path.startsWith('/portal/people') ? [w.zoe, w.bob] : [w.zoe, w.bob, w.amir]) {
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
    for (const id of ['1', 'new2', '%20', `${uuidv7()}0`, uuidv7().toUpperCase(), `${uuidv7()}%20`])
      expect([id, same(await alice.get(`/portal/tickets/${id}`))]).toEqual([id, none])
  })
})

describe('4. the catalogue', () => {
  const SURFACE_ROLES = ['cp_public', 'cp_portal', 'cp_preview', 'cp_staff']

  test('every table is behind forced row-level security and names its tenant first', async () => {
    const tables = await catalogue.tables()
    expect(tables.filter(({ tenant }) => !tenant).map(({ name }) => name)).toEqual(WITHOUT_TENANT)
    const unprotected = tables.filter(({ enabled, forced }) => !enabled || !forced).map(({ name }) => name)
    expect(unprotected).toEqual(['schema_migration', 'schema_migration_lock'])
    expect(tables.filter(({ tenant, not_null }) => tenant && !not_null)).toEqual([])
    const keys = await catalogue.keys()
    expect(keys.length).toBeGreaterThan(60)
    const elsewhere = keys.filter(
      ({ here, there }) => here !== 'tenant_id' || (there ?? 'tenant_id') !== 'tenant_id',
    )
    expect(elsewhere.map(({ name }) => name)).toEqual(BEFORE_A_TENANT)
  })

  test('each grant has a policy for its role and command, bound to the scope', async () => {
    const policies = await catalogue.policies()
    const names: Record<string, string> = { r: 'select', a: 'insert', w: 'update', d: 'delete' }
    const covers = (grant: { role: string; name: string; command: string }) =>
      policies.some(
        ({ name, roles, command }) =>
          name === grant.name &&
          roles.includes(grant.role) &&
          (command === '*' || names[command] === grant.command),
      )
    const grants = await catalogue.grants()
    expect(grants.length).toBeGreaterThan(60)
    expect(grants.filter((grant) => !covers(grant))).toEqual([])
    expect(
      grants.filter(
        ({ role, command }) =>
          role === 'PUBLIC' || !['select', 'insert', 'update', 'delete'].includes(command),
      ),
    ).toEqual([])

    const columns = await catalogue.columns()
    for (const { name, policy, roles, condition } of policies.filter(({ roles }) =>
      roles.some((role) => SURFACE_ROLES.includes(role)),
    )) {
      const settings = [...condition.matchAll(/\(?(\w+) = \(+nullif\(current_setting\('app\.(\w+)'/gi)].map(
        ([, column, setting]) => `${column}=${setting}`,
      )
      expect([name, policy, settings.includes('tenant_id=tenant')]).toEqual([name, policy, true])
      if (columns.get(name)?.includes('company_id') && !roles.includes('cp_staff'))
        expect([name, policy, settings.includes('company_id=company')]).toEqual([name, policy, true])
      expect([name, policy, /select|exists/i.test(condition)]).toEqual([name, policy, false]) // a look-up can't be sharded
    }
  })

  test('the roles of the app own nothing, are nobody else and wait for ever for nothing', async () => {
    const owned = (await catalogue.belongings()).filter(
      ({ role, what }) => role !== 'cp_worker' || !/\bgraphile_worker\b/.test(what),
    )
    expect(owned).toEqual([
      { role: 'cp_worker', what: 'function enqueue(text,json,text,timestamp with time zone,text)' },
    ])
    const roles = await catalogue.roles()
    expect(roles.map(({ role }) => role)).toEqual([...catalogue.ROLES].sort())
    for (const { role, powers, memberships, config } of roles) {
      expect([role, powers, memberships]).toEqual([role, false, 0])
      const limits =
        role === 'cp_worker'
          ? []
          : ['idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout']
      const set = (config ?? []).map((line) => line.split('=')[0])
      expect([role, limits.filter((name) => !set.includes(name))]).toEqual([role, []])
    }
  })

  test('what runs with more rights than its caller: leaving work behind, and the search of the desk', async () => {
    expect(await catalogue.definers()).toEqual([
      {
        name: 'desk_search(text)',
        config: ['search_path=public, pg_temp'],
        owner: 'portal_owner',
        everybody: false,
      },
      {
        name: 'enqueue(text,json,text,timestamp with time zone,text)',
        config: ['search_path=pg_catalog, pg_temp'],
        owner: 'cp_worker',
        everybody: false,
      },
    ])
  })

  test('what each role was given: the golden file', async () => {
    expectGolden('grants', await catalogue.grantLines())
  })

  test('the owner is no superuser, and what it changes in a migration reaches every tenant', async () => {
    const [me] = await asOwner('select rolsuper, rolbypassrls from pg_roles where rolname = current_user')
    expect(me).toEqual({ rolsuper: false, rolbypassrls: false })
    const [tickets] = await asOwner<{ all: number }>('select count(*)::int as all from ticket')
    const touched = await asOwner('update ticket set excerpt = excerpt returning id')
    expect(touched.length).toBe(tickets?.all)
    expect(touched.length).toBeGreaterThan(5)
  })
})

describe('5. without a scope there is nothing to see', () => {
  beforeAll(async () => {
    await hire(w.quayline, 'Tess')
    await fillTables(w)
    const reply = { body: 'One row in each table', once: uuidv7(), ...andSolve }
    expect((await (await as(w.alice)).post(paths.ticketReplies(w.tickets.alices.id), reply)).status).toBe(303)
  })

  test.each(SURFACES.filter((surface) => surface !== 'system'))('for the role of %s', async (surface) => {
    const grants = await catalogue.grants()
    const tables = grants
      .filter(({ role, command }) => role === roleOf(surface) && command === 'select')
      .map(({ name }) => name)
    const { never, during, after } = await rowsShown(surface, tables, w.alice, w.staff.administrator.id)
    const none = Object.fromEntries(tables.map((table) => [table, 0]))
    expect(never).toEqual(none)
    expect(after).toEqual(none)
    // in a scope each of them has rows, so that the zeros above mean something
    expect(tables.filter((table) => during[table] === 0)).toEqual([])
    if (surface === 'portal') expect(tables.length).toBeGreaterThan(10)
  })
})

describe('6. reading changes nothing', () => {
  const seen = async () =>
    (await asOwner(`select id, last_seen_at from session order by id`)).map((row) => row.last_seen_at)

  test('GET and HEAD of every route, with every known parameter, as everybody', async () => {
    const cookies = await readers(w)
    await asOwner(`update session set last_seen_at = now() - interval '2 minutes'`)
    const [before, seenBefore] = [await snapshot(inject('database').admin, UNCHANGED_BUT), await seen()]
    expect(await readEverything(w, things, cookies)).toBeGreaterThan(500)
    expect(await snapshot(inject('database').admin, UNCHANGED_BUT)).toEqual(before)
    expect(await seen()).not.toEqual(seenBefore) // the named exception happened, so the reading was real
  })
})
