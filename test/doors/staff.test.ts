import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { STAFF_PERMISSIONS, STAFF_ROLE_NAMES, STAFF_ROLES } from '#src/permissions.ts'
import { asOwner } from '#test/database.ts'
import { expectGolden } from '#test/doors/golden.ts'
import { STAFF_SIGNED_IN } from '#test/doors/lists.ts'
import { nameOf, type Route, routesOf } from '#test/doors/routes.ts'
import { snapshot } from '#test/doors/snapshot.ts'
import { isStaff, staffAddress, staffHasId, staffThings, staffVisit, type Things } from '#test/doors/staff.ts'
import { type Answer, browser, type Fields, plain, staffSessionOf, type World, world } from '#test/world.ts'

let w: World
let routes: Route[]
let things: Things
beforeAll(async () => {
  w = await world()
  routes = routesOf(w.app).filter(isStaff)
  things = await staffThings(w)
})

/** What a write needs to be refused for who asks and not for what is asked. */
const formFor = (w: World, route: Route): Fields =>
  nameOf(route) === 'POST /staff/tickets/:id/removals' ? { contact: w.alice.id } : {}

const holds = (role: keyof typeof STAFF_ROLES, route: Route) => {
  const [permission = ''] = route.permissions
  if (permission === 'staffSignedIn') return true
  const held = STAFF_ROLES[role].some((name) => name === permission)
  return held && (role !== 'viewer' || route.method === 'GET')
}

describe('the staff app', () => {
  test('turns a stranger away from every route, with nothing shown and nothing done', async () => {
    const before = await snapshot(inject('database').admin)
    for (const route of routes) {
      const answer = await staffVisit(undefined, route, things)
      expect([nameOf(route), answer.status, answer.text]).toEqual([nameOf(route), 303, ''])
      expect(answer.location).toMatch(/^\/staff\/login/)
    }
    expect(await snapshot(inject('database').admin)).toEqual(before)
  })

  test('names one permission at every route, or that it is for all of them', () => {
    expect(routes.length).toBeGreaterThan(10)
    for (const route of routes) {
      expect([nameOf(route), route.permissions.length]).toEqual([nameOf(route), 1])
      expect([...STAFF_PERMISSIONS, 'staffSignedIn']).toContain(route.permissions[0])
    }
    const everybodys = routes.filter((route) => route.permissions[0] === 'staffSignedIn').map(nameOf)
    expect(everybodys).toEqual(STAFF_SIGNED_IN)
  })

  test('opens to each role what it holds: the matrix', async () => {
    const lines: string[] = []
    for (const route of routes) {
      const statuses: string[] = []
      for (const role of STAFF_ROLE_NAMES) {
        // a write may change what it finds: only its own
        const found = route.method === 'GET' || !staffHasId(route) ? things : await staffThings(w)
        const { status } = await staffVisit(w.staff[role], route, found, formFor(w, route))
        // a viewer may be told at the form already that she can't send it
        if (role === 'viewer' && /\/(new|edit)$/.test(route.path) && status === 403) {
          statuses.push(`${role} ${status}`)
          continue
        }
        expect([nameOf(route), role, status === 403]).toEqual([nameOf(route), role, !holds(role, route)])
        expect([nameOf(route), role, status < 500]).toEqual([nameOf(route), role, true])
        statuses.push(`${role} ${status}`)
      }
      lines.push(`${nameOf(route)} [${route.permissions}] ${statuses.join(', ')}`)
    }
    expectGolden('staff_matrix', lines)
  })

  test('is closed to who has left', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET'))
      expect((await staffVisit(w.formerStaff, route, things)).location).toMatch(/^\/staff\/login/)
  })

  test('takes a right away with the very next request', async () => {
    const { administrator } = w.staff
    const token = await staffSessionOf(administrator)
    const at = browser(`staff=${token}`, token)
    const become = (role: string) =>
      asOwner('update staff_member set role = $2 where id = $1', [administrator.id, role])
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const path = staffAddress(route, things)
      expect([path, (await at.get(path)).status]).not.toEqual([path, 403])
      if (holds('technician', route)) continue
      await become('technician')
      expect([path, (await at.get(path)).status]).toEqual([path, 403])
      await become('administrator')
    }
  })

  test("shows nothing of another tenant's: the 404 of what never was", async () => {
    const same = (one: Answer) => ({ status: one.status, headers: [...one.headers], text: plain(one) })
    const never = Object.fromEntries(Object.keys(things).map((kind) => [kind, uuidv7()]))
    const withId = routes.filter(staffHasId)
    expect(withId.length).toBeGreaterThan(5)
    for (const route of withId) {
      const [theirs, none] = [
        await staffVisit(w.harborStaff, route, things),
        await staffVisit(w.harborStaff, route, never),
      ]
      expect([nameOf(route), theirs.status]).toEqual([nameOf(route), 404])
      expect(same(theirs)).toEqual(same(none))
    }
  })

  test('changes nothing when it is read', async () => {
    const tokens = await Promise.all(STAFF_ROLE_NAMES.map((role) => staffSessionOf(w.staff[role])))
    await asOwner(`update staff_session set last_seen_at = now() - interval '2 minutes'`)
    const but = ['staff_session.last_seen_at', 'rate_count']
    const before = await snapshot(inject('database').admin, but)
    for (const token of tokens)
      for (const route of routes.filter(({ method }) => method === 'GET')) {
        const at = browser(`staff=${token}`, token)
        const { status } = await at.get(staffAddress(route, things))
        expect([nameOf(route), status < 500]).toEqual([nameOf(route), true])
      }
    expect(await snapshot(inject('database').admin, but)).toEqual(before)
  })
})
