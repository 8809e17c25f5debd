import { Hono } from 'hono'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Db } from '#src/db/scope.ts'
import type { PortalEnv } from '#src/web/context.ts'
import { csrfToken } from '#src/web/csrf.ts'
import { failed } from '#src/web/errors.tsx'
import { about } from '#src/web/request.ts'
import { contactOnly } from '#src/web/scope.ts'
import { siteOf } from '#src/web/site.ts'
import { asOwner } from '#test/database.ts'
import { ORIGIN, sessionOf, type World, world } from '#test/world.ts'

/** The door of the portal with handlers behind it that do what ours don't. */
const odd = (w: World) => {
  const app = new Hono<PortalEnv>()
  app.onError(failed as never)
  app.use(about(siteOf(w.env)) as never, contactOnly)
  const write = (db: Db, text: string) => sql`update ticket set excerpt = ${text}`.execute(db)
  app.get('/writes', async (c) => {
    await write(c.var.db, 'by a link')
    return c.text('done')
  })
  app.post('/refuses', async (c) => {
    await write(c.var.db, 'before the refusal')
    return c.text('no', 422)
  })
  app.post('/throws', async (c) => {
    await write(c.var.db, 'before the bug')
    throw new Error('a bug')
  })
  app.post('/hides', async (c) => {
    await write(c.var.db, 'before the hidden error')
    await sql`select 1 / 0`.execute(c.var.db).catch(() => {})
    return c.text('all is well')
  })
  app.post('/writes', async (c) => {
    await write(c.var.db, 'by a form')
    return c.text('done')
  })
  return app
}

let w: World
let ask: (method: string, path: string) => Promise<number>
beforeAll(async () => {
  w = await world()
  const [app, token] = [odd(w), await sessionOf(w.alice)]
  ask = async (method, path) => {
    const body = method === 'POST' ? new URLSearchParams({ csrf: csrfToken(token) }) : null
    return (
      await app.request(ORIGIN + path, {
        method,
        body,
        headers: { host: 'localhost:3000', cookie: `portal=${token}` },
      })
    ).status
  }
})

const excerpt = async () =>
  (await asOwner('select excerpt from ticket where id = $1', [w.tickets.alices.id]))[0]?.excerpt

test('what a GET handler would write is refused by the database', async () => {
  expect([await ask('GET', '/writes'), await ask('HEAD', '/writes')]).toEqual([500, 500])
  expect(await excerpt()).toBe('ALICE-PUBLIC')
})

test.each(['/refuses', '/throws', '/hides'])('what was written before %s is undone', async (path) => {
  expect(await ask('POST', path)).toBeGreaterThanOrEqual(400)
  expect(await excerpt()).toBe('ALICE-PUBLIC')
})

test('what a form wrote is there when it is answered', async () => {
  expect(await ask('POST', '/writes')).toBe(200)
  expect(await excerpt()).toBe('by a form')
  expect(await asOwner(`select from ticket where excerpt = 'by a form'`)).toHaveLength(1) // and only in her own scope
})
