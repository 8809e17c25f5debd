import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { closePools, currentUrls, databaseUrls, pool, useDatabase } from '#src/db/connect.ts'
import { listMailbox } from '#src/mail/mailbox.ts'
import { paths } from '#src/paths.ts'
import { doJobs } from '#src/sign-in/test-ground.ts'
import { hasDebian } from '#test/debian.ts'
import { PGBOUNCER, startPgBouncer } from '#test/pgbouncer.ts'
import { as, type Person, type World, world } from '#test/world.ts'

describe.skipIf(!hasDebian('pgbouncer', PGBOUNCER))(
  'RL-06 through PgBouncer in transaction mode, two connections for each role',
  () => {
    let cast: World

    beforeAll(async () => {
      cast = await world()
      const direct = currentUrls().owner
      const secret = 'test database secret'
      const url = await startPgBouncer(direct, secret)
      await closePools()
      useDatabase(databaseUrls({ url, direct, secret }))
    })

    const backends = async () => {
      const admin = new pg.Client({ connectionString: inject('database').admin })
      await admin.connect()
      const { rows } = await admin.query<{ role: string; count: number }>(
        `select usename as role, count(*)::int from pg_stat_activity where datname = $1 and usename in ('cp_portal', 'cp_system') group by 1`,
        [new URL(currentUrls().owner).pathname.slice(1)],
      )
      await admin.end()
      return rows
    }

    test('a contact comes home, sees her list, answers, and her colleague gets his mail', async () => {
      const alice = await as(cast.alice)
      expect((await alice.get(paths.home())).text).toContain('Alice printer')
      expect((await alice.get(paths.tickets())).text).toContain('Alice printer')
      const { id } = cast.tickets.alices
      expect((await alice.post(`${paths.ticketParticipants(id)}`, { contact: cast.amir.id })).status).toBe(
        303,
      )
      const answer = await alice.post(paths.ticketReplies(id), { body: 'Through the pooler', once: uuidv7() })
      expect(answer.status).toBe(303)
      expect((await alice.get(paths.ticket(id))).text).toContain('Through the pooler')
      await doJobs()
      const mails = await listMailbox(cast.amir.email)
      expect(mails.map(({ kind }) => kind).sort()).toEqual(['ticket-added', 'ticket-message'])
    })

    test('200 requests of three companies at two tenants, good and bad ones mixed, never see a scope of another', async () => {
      const canary = new Map<Person, string>([
        [cast.alice, 'ALICE-PUBLIC'],
        [cast.bob, 'BOLT-CANARY'],
        [cast.zoe, 'HARBOR-CANARY'],
      ])
      const ticket = new Map([
        [cast.alice, cast.tickets.alices.id],
        [cast.bob, cast.tickets.bobs.id],
        [cast.zoe, cast.tickets.zoes.id],
      ])
      const people = [...canary.keys()]
      const one = async (n: number) => {
        const who = people[n % 3] ?? cast.alice
        const [browser, own] = [await as(who), ticket.get(who) ?? '']
        const foreign = ticket.get(people[(n + 1) % 3] ?? cast.bob) ?? ''
        const steps = [
          async () => ({ status: 200, answer: await browser.get(paths.tickets()) }),
          async () => ({ status: 200, answer: await browser.get(paths.ticket(own)) }),
          async () => ({ status: 404, answer: await browser.get(paths.ticket(foreign)) }),
          async () => ({
            status: 422,
            answer: await browser.post(paths.ticketReplies(own), { body: '', once: uuidv7() }),
          }),
          async () => ({
            status: 404,
            answer: await browser.post(paths.ticketReplies(foreign), { body: 'x', once: uuidv7() }),
          }),
        ]
        const step = steps[n % steps.length]
        if (!step) throw new Error('no such step')
        const { status, answer } = await step()
        expect(answer.status).toBe(status)
        for (const [other, word] of canary) if (other !== who) expect(answer.text).not.toContain(word)
        if (n % 5 === 1) expect(answer.text).toContain(canary.get(who))
      }
      for (let from = 0; from < 200; from += 40)
        await Promise.all(Array.from({ length: 40 }, (_, n) => one(from + n)))
      for (const { role, count } of await backends()) expect(count, role).toBeLessThanOrEqual(2)
    })

    test('nothing of a scope stays on a connection', async () => {
      const left = await Promise.all(
        Array.from({ length: 20 }, () =>
          pool('portal').query(
            `select current_setting('app.tenant', true) as tenant, (select count(*)::int from ticket) as tickets`,
          ),
        ),
      )
      for (const { rows } of left)
        expect(rows[0]).toEqual({ tenant: expect.toBeOneOf(['', null]), tickets: 0 })
    })
  },
)
