import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { closePools, currentUrls, pool, useDatabase } from '#src/db/connect.ts'
import { begin, type Db, scoped } from '#src/db/scope.ts'
import type { Viewer } from '#src/viewer.ts'
import { viewerOf } from '#test/doors/walls.ts'
import { type World, world } from '#test/world.ts'

let w: World
let viewers: [Viewer, Viewer, Viewer]
beforeAll(async () => {
  w = await world()
  viewers = [viewerOf(w.alice, 'user'), viewerOf(w.bob, 'admin'), viewerOf(w.zoe, 'admin')]
  await closePools()
  useDatabase(currentUrls(), 1) // whoever comes next gets the very connection that the one before had
})

const subjects = async (db: Db) => {
  const { rows } = await sql<{ subject: string }>`select subject from ticket`.execute(db)
  return rows.map((row) => row.subject)
}
const fails = (work: Promise<unknown>) => expect(work).rejects.toThrow()

/** What can happen to a transaction. Each leaves the connection to the next. */
const happenings: Record<string, (viewer: Viewer) => Promise<unknown>> = {
  'reads and commits': (viewer) => scoped(viewer, 'read', subjects),
  'writes and commits': (viewer) =>
    scoped(viewer, 'write', (db) => sql`update ticket set excerpt = excerpt`.execute(db)),
  throws: (viewer) =>
    fails(
      scoped(viewer, 'write', async (db) => {
        await subjects(db)
        throw new Error('a bug')
      }),
    ),
  'hides an error and commits': (viewer) =>
    fails(scoped(viewer, 'write', (db) => sql`select 1 / 0`.execute(db).catch(() => {}))),
  'writes in a read': (viewer) =>
    fails(scoped(viewer, 'read', (db) => sql`update ticket set excerpt = ''`.execute(db))),
  'takes too long': (viewer) =>
    fails(
      scoped(viewer, 'read', async (db) => {
        await sql`set local statement_timeout = 1`.execute(db)
        await sql`select pg_sleep(60)`.execute(db)
      }),
    ),
  'loses its connection': (viewer) =>
    fails(scoped(viewer, 'write', (db) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(db))),
  'is given up while a query runs': async (viewer) => {
    const transaction = await begin(viewer, 'read')
    subjects(transaction.db).catch(() => {})
    await transaction.rollback()
  },
  'is given up after a query failed': async (viewer) => {
    const transaction = await begin(viewer, 'write')
    sql`select 1 / 0`.execute(transaction.db).catch(() => {})
    await transaction.rollback()
  },
  'is ended twice': async (viewer) => {
    const transaction = await begin(viewer, 'write')
    await transaction.commit()
    await transaction.rollback()
    await transaction.commit()
  },
  'commits by itself and goes on': (viewer) =>
    scoped(viewer, 'write', async (db) => {
      await sql`commit`.execute(db)
      expect(await subjects(db)).toEqual([])
    }),
}

/** What the next borrower of the connection finds: no transaction, no scope. */
const expectClean = async () => {
  const client = await pool('portal').connect()
  try {
    expect(client.getTransactionStatus?.()).toBe('I')
    const settings = ['tenant', 'company', 'contact', 'tickets'].map(
      (name) => `coalesce(current_setting('app.${name}', true), '')`,
    )
    const { rows } = await client.query(
      `select concat(${settings}) as scope, (select count(*)::int from ticket) as tickets`,
    )
    expect(rows).toEqual([{ scope: '', tickets: 0 }])
  } finally {
    client.release()
  }
}

test('a handle that outlives its transaction reads nothing, least of all for who has the connection then', async () => {
  const [alice, , zoe] = viewers
  const first = await begin(alice, 'write')
  expect(await subjects(first.db)).toEqual(['Alice printer'])
  await first.commit()
  const second = await begin(zoe, 'read')
  await fails(subjects(first.db))
  expect(await subjects(second.db)).toEqual(['Zoe switch'])
  await second.rollback()
  await fails(subjects(second.db))
  await expectClean()
})

test('whatever happens to a transaction, the next one starts clean and sees its own', async () => {
  const own = [['Alice printer'], ['Bob server'], ['Zoe switch']]
  const step = fc.record({
    what: fc.constantFrom(...Object.keys(happenings)),
    who: fc.nat(2),
    next: fc.nat(2),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      for (const { what, who, next } of steps) {
        await happenings[what]?.(viewers[who as 0 | 1 | 2])
        await expectClean()
        expect(await scoped(viewers[next as 0 | 1 | 2], 'read', subjects)).toEqual(own[next])
      }
    }),
    { numRuns: 60 },
  )
})

test('each of them happens, and is undone or kept as it should be', async () => {
  for (const [what, happen] of Object.entries(happenings)) {
    await happen(viewers[0])
    await expectClean()
    expect([what, await scoped(viewers[2], 'read', subjects)]).toEqual([what, ['Zoe switch']])
  }
  const subject = async () =>
    (
      await scoped(viewers[0], 'read', (db) =>
        sql<{ excerpt: string }>`select excerpt from ticket`.execute(db),
      )
    ).rows[0]?.excerpt
  const set = (text: string) => (db: Db) => sql`update ticket set excerpt = ${text}`.execute(db)
  await scoped(viewers[0], 'write', set('kept'))
  await fails(
    scoped(viewers[0], 'write', async (db) => {
      await set('lost')(db)
      throw new Error('a bug')
    }),
  )
  await fails(
    scoped(viewers[0], 'write', async (db) => {
      await set('lost')(db)
      await sql`select 1 / 0`.execute(db).catch(() => {})
    }),
  )
  expect(await subject()).toBe('kept')
})
