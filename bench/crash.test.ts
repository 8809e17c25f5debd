import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { currentUrls } from '#src/db/connect.ts'
import { store } from '#src/files/store.ts'
import { root } from '#src/root.ts'
import { asOwner } from '#test/database.ts'
import { type World, world } from '#test/world.ts'
import { crash } from './crash.ts'
import { findFaults } from './proof/checks.ts'
import { emptyLedger, type Ledger } from './proof/ledger.ts'
import { restart } from './restart.ts'

// In short; `npm run proof -- crash` and `npm run proof -- restart` are the long forms.
describe('the built app', () => {
  beforeAll(() => {
    if (!existsSync(join(root, 'dist', 'server.js')))
      throw new Error('There is no dist/: npm test builds it first')
  })

  test('RE-01 RE-02 RE-03 loses and doubles nothing that it acknowledged when it and PostgreSQL are killed', async () => {
    const { faults, killed, acknowledged } = await crash({ rounds: 3, seed: 7, peopleEach: 2 })
    expect(faults).toEqual([])
    expect(killed).toEqual({ app: 1, database: 1, both: 1 })
    expect(acknowledged.replies + acknowledged.tickets).toBeGreaterThan(5)
  }, 300_000)

  test('RE-04 answers what is under way when it is stopped, with one process and with two', async () => {
    const { faults, restarts } = await restart({ rounds: 2, seed: 7 })
    expect(faults).toEqual([])
    expect(restarts.map(({ processes, exitCode }) => ({ processes, exitCode }))).toEqual([
      { processes: 1, exitCode: 0 },
      { processes: 2, exitCode: 0 },
    ])
  }, 300_000)
})

describe('the proof has teeth', () => {
  let cast: World
  let client: pg.Client
  beforeAll(async () => {
    cast = await world()
    client = new pg.Client({ connectionString: currentUrls().owner })
    await client.connect()
    return () => client.end()
  })

  const faults = (ledger: Partial<Ledger> = {}) =>
    findFaults(client, cast.folder, { ...emptyLedger(), ...ledger }, [])
  const written = (marker: string) => ({
    kind: 'reply' as const,
    marker,
    id: cast.tickets.alices.message,
    tenant: cast.quayline,
    colleague: cast.amir,
    withFile: false,
  })

  test('it finds nothing where nothing is wrong', async () => {
    expect(await faults()).toEqual([])
  })

  test('it finds a lost reply, a lost session, a mail that nobody queued', async () => {
    const found = await faults({
      written: [written('proof-lost')],
      sessions: [{ token: 'A'.repeat(64), contact: cast.alice.id }],
    })
    expect(found).toEqual([
      'missing: proof-lost',
      'missing: a session whose cookie was handed out',
      'nobody was told: proof-lost',
    ])
  })

  test.each([
    [
      'doubled: proof-twice, 2 times',
      `update ticket_message set body = 'proof-twice' where body in ('ALICE-PUBLIC', 'AMIR-PUBLIC')`,
    ],
    [
      'a message that other people see than its ticket',
      `update ticket_message set visible_to = '{}' where body = 'AMIR-CONFIDENTIAL'`,
    ],
    ['a ticket that counts its replies wrong', `update ticket set replies = 7 where subject = 'Zoe switch'`],
    [
      'a ticket whose people are not its participants',
      `delete from ticket_participant where ticket_id = (select id from ticket where subject = 'Bob server')`,
    ],
    [
      'a form that was noted as sent and has no answer',
      `insert into idempotency (tenant_id, contact_id, key, request_hash) select tenant_id, id, id, '' from contact limit 1`,
    ],
    [
      'a mail that never came',
      `insert into mail (tenant_id, id, kind, recipient, dedupe_key, message_id, state) select tenant_id, id, 'x', 'x', 'x', '<x>', 'sent' from contact limit 1`,
    ],
  ])('it finds %s', async (fault, statement) => {
    const before = await faults()
    await asOwner(statement)
    const fresh = (await faults()).filter((line) => !before.includes(line))
    expect(fresh.length).toBeGreaterThan(0)
    for (const line of fresh) expect(line).toContain(fault)
  })

  test('it finds an attachment without its file', async () => {
    await store.remove(cast.quayline, cast.tickets.bobs.file)
    expect(await faults()).toContain('an attachment without its file: bolt.txt')
  })
})
