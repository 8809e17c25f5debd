import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { pool } from '#src/db/connect.ts'
import { previewOf } from '#src/impersonation/test-ground.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { sharedThings } from '#test/doors/matrix.ts'
import { isPortal, type Route, routesOf } from '#test/doors/routes.ts'
import { snapshot } from '#test/doors/snapshot.ts'
import { addressOf, type Ids } from '#test/doors/visits.ts'
import { type Answer, as, type Person, plain, send, type World, world } from '#test/world.ts'

let w: World
let portal: Route[]
let things: Ids
beforeAll(async () => {
  w = await world()
  portal = routesOf(w.app).filter(isPortal)
  things = await sharedThings(w)
})

const bare = (answer: Answer) =>
  plain(answer)
    .replace(/<section class="preview-bar".*?<\/section>/s, '')
    .replace(/ aria-disabled="true"/g, '')
    .replace(/ data-since="\d+"/g, '')

describe('what is shown is what she would see (IM-11)', () => {
  test('page by page, for each role: but for bar, tokens and marks', async () => {
    const gets = portal.filter(
      (route) => route.method === 'GET' && !route.path.startsWith('/portal/sessions'),
    )
    expect(gets.length).toBeGreaterThan(5)
    for (const who of [...Object.values(w.roles), w.alice, w.bob]) {
      const hers = await as(who)
      const { seen } = await previewOf(w.staff.manager, who)
      for (const path of [
        ...gets.map((route) => addressOf(route, things)),
        paths.tickets({ tab: 'all', q: 'a' }),
      ]) {
        const [one, other] = [await hers.get(path), await seen.get(path)]
        expect([path, who.name, other.status]).toEqual([path, who.name, one.status])
        expect(bare(other)).toBe(bare(one))
        if (/text\/html/.test(one.headers.get('content-type') ?? ''))
          expect([path, other.text.includes('class="preview-bar"')]).toEqual([path, true])
      }
    }
  })

  test('from the same tables: what the portal’s role may read, its twin may', async () => {
    const read = (role: string) =>
      asOwner(
        `select table_name, column_name from information_schema.column_privileges
          where grantee = $1 and privilege_type = 'SELECT' and table_name not in ('idempotency', 'counter', 'session') order by 1, 2`,
        [role],
      )
    expect(await read('cp_preview')).toEqual(await read('cp_portal'))
    const more = await asOwner(
      `select table_name, privilege_type from information_schema.column_privileges where grantee = 'cp_preview' and privilege_type <> 'SELECT'`,
    )
    expect(more).toEqual([])
  })
})

/** What a preview writes, and all that it may. */
const OURS = ['audit_event', 'preview_session', 'staff_session.last_seen_at']

describe('nothing is changed (IM-05, IM-09)', () => {
  const crawl = async (who: Person, cookie: string, csrf: (path: string) => Promise<string>) => {
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
    const addresses = new Set([
      ...portal.map((route) => addressOf(route, things)),
      ...routesOf(w.app)
        .filter(({ path }) => path.startsWith('/portal') && !path.includes(':'))
        .map(({ path }) => path.replace(/\/\*$/, '')),
      '/portal/never-was',
      '/portal/stream',
    ])
    let answers = 0
    for (const path of addresses) {
      const token = await csrf(path)
      for (const method of methods) {
        const reads = method === 'GET' || method === 'HEAD'
        const fields = {
          csrf: token,
          once: uuidv7(),
          subject: 's',
          body: 'b',
          email: who.email,
          name: 'x',
          which: 'all',
        }
        const init: RequestInit & { headers: Record<string, string> } = reads
          ? { method, headers: { cookie } }
          : {
              method,
              headers: {
                cookie,
                origin: 'http://localhost:3000',
                'sec-fetch-site': 'same-origin',
                'content-type': 'application/x-www-form-urlencoded',
              },
              body: new URLSearchParams(fields).toString(),
            }
        const { status } = await send(path, init)
        if (!reads) expect([method, path, status]).toEqual([method, path, 403])
        else expect([method, path, status < 500]).toEqual([method, path, true])
        answers += 1
      }
    }
    return answers
  }

  test('by any method of any route of the portal', async () => {
    for (const who of [w.roles.admin, w.roles.user]) {
      const { cookie, seen } = await previewOf(w.staff.administrator, who)
      const csrf = async (path: string) =>
        /name="csrf" value="([^"]*)"(?!.*preview-bar)/s.exec((await seen.get(path)).text)?.[1] ?? ''
      await csrf(paths.home())
      const before = await snapshot(inject('database').admin, OURS)
      expect(await crawl(who, cookie, csrf)).toBeGreaterThan(100)
      expect(await snapshot(inject('database').admin, OURS)).toEqual(before)
    }
  })

  test('nor could it be: the role that it runs as writes nothing', async () => {
    const client = await pool('preview').connect()
    try {
      await client.query(`set default_transaction_read_only = off`)
      await client.query(
        `begin read write; set local app.tenant = '${w.quayline}'; set local app.company = '${w.acme}'; set local app.contact = '${w.alice.id}'; set local app.tickets = 'all'`,
      )
      for (const table of ['ticket', 'contact', 'ticket_read', 'audit_event']) {
        await client.query('savepoint here')
        await expect(client.query(`update ${table} set tenant_id = tenant_id`)).rejects.toThrow(
          /permission denied/,
        )
        await client.query('rollback to savepoint here')
      }
    } finally {
      await client.query('rollback')
      client.release(true)
    }
  })
})
