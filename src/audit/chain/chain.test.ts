import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyCommand } from '#src/audit/chain/command.ts'
import { extendChains, heads } from '#src/audit/chain/extend.ts'
import { verifyChains } from '#src/audit/chain/verify.ts'
import { recordAudit } from '#src/audit/record.ts'
import { beginStaff } from '#src/db/scope.ts'
import { staffPermissionsOf } from '#src/permissions.ts'
import type { Staff } from '#src/viewer.ts'
import { asOwner } from '#test/database.ts'
import { type StaffPerson, type World, world } from '#test/world.ts'

// AUDIT_ROWS=100000 shows the time that the promise is about
const ROWS = Number(process.env.AUDIT_ROWS ?? 3_000)

let w: World
beforeAll(async () => {
  w = await world()
})

const fill = (tenant: string, rows: number) =>
  asOwner(
    `insert into audit_event (tenant_id, id, at, actor_kind, actor_id, actor_name, action, object_kind, object_id, ip, data)
      select $1, gen_random_uuid(), now() - n * interval '0.1 second', 'staff', $2, 'Ann ' || n, 'role.changed', 'role', gen_random_uuid(),
        '203.0.113.9', jsonb_build_object('before', jsonb_build_object('name', 'User'), 'after', jsonb_build_object('name', 'Päyroll ' || n))
      from generate_series(1, $3) n`,
    [tenant, w.staff.administrator.id, rows],
  )

/** Until no older transaction of this server, which other tests use too, is under way. */
const sealAll = async () => {
  const left = () =>
    asOwner(
      'select 1 from audit_event e where not exists (select from audit_chain c where c.event_id = e.id)',
    )
  do await extendChains(true)
  while ((await left()).length > 0)
}

const quayline = async () => (await verifyChains()).find(({ tenant }) => tenant === w.quayline)
const eventAt = async (sequence: number) => {
  const [row] = await asOwner<{ event_id: string }>(
    'select event_id from audit_chain where tenant_id = $1 and sequence = $2',
    [w.quayline, sequence],
  )
  return row?.event_id
}

const staffOf = (who: StaffPerson): Staff => ({
  kind: 'staff',
  tenantId: who.tenant,
  staffId: who.id,
  sessionId: who.id,
  name: who.name,
  email: who.email,
  role: who.role,
  permissions: staffPermissionsOf(who.role),
  provedAt: new Date(),
})

describe('the chain', () => {
  beforeEach(async () => {
    await asOwner('truncate audit_event, audit_chain')
  })

  test(`finds one flipped byte in ${ROWS} rows, and says where`, async () => {
    await fill(w.quayline, ROWS)
    await fill(w.harbor, 10)
    await sealAll()
    const started = performance.now()
    const whole = await quayline()
    const seconds = (performance.now() - started) / 1000
    if (process.env.AUDIT_ROWS) process.stdout.write(`${ROWS} rows verified in ${seconds.toFixed(2)} s\n`)
    expect(whole).toMatchObject({ links: ROWS, waiting: 0, broken: undefined, slug: 'quayline' })
    expect(seconds).toBeLessThan(10)

    const place = Math.floor(ROWS * 0.7)
    const event = await eventAt(place)
    await asOwner(
      `update audit_event set data = replace(data::text, 'Päyroll', 'Pöyroll')::jsonb where id = $1`,
      [event],
    )
    expect(await quayline()).toMatchObject({ broken: { sequence: place, event, what: 'changed' } })

    const lines: string[] = []
    expect(await verifyCommand((line) => lines.push(line))).toBe(1)
    expect(lines.find((line) => line.startsWith('quayline'))).toContain(
      `BROKEN at number ${place}, row ${event}`,
    )
    expect(lines.find((line) => line.startsWith('harbor'))).toContain('10 rows, all as sealed')
  })

  const columns = [
    'at',
    'actor_id',
    'actor_name',
    'on_behalf_name',
    'action',
    'company_id',
    'object_id',
    'ip',
  ]
  const changes: Record<string, string> = {
    at: `at + interval '1 ms'`,
    actor_id: 'gen_random_uuid()',
    actor_name: `actor_name || ' '`,
    on_behalf_name: `'Bob'`,
    action: `'role.read'`,
    company_id: 'gen_random_uuid()',
    object_id: 'null',
    ip: `'203.0.113.8'`,
  }
  test('covers every column that says something', async () => {
    await fill(w.quayline, columns.length)
    await sealAll()
    for (const [at, column] of columns.entries()) {
      const event = await eventAt(at + 1)
      const [before] = await asOwner('select * from audit_event where id = $1', [event])
      await asOwner(`update audit_event set ${column} = ${changes[column]} where id = $1`, [event])
      expect(await quayline()).toMatchObject({ broken: { sequence: at + 1, event, what: 'changed' } })
      await asOwner(`update audit_event set ${column} = $2 where id = $1`, [event, before?.[column]])
      expect(await quayline()).toMatchObject({ broken: undefined })
    }
  })

  test('finds a row that was removed, a link that was, and two that changed places', async () => {
    await fill(w.quayline, 20)
    await sealAll()
    const [eight, nine] = [await eventAt(8), await eventAt(9)]
    const swap = (one?: string, other?: string) =>
      asOwner(
        `update audit_chain c set event_id = case when event_id = $1 then $2::uuid else $1::uuid end where event_id in ($1, $2)`,
        [one, other],
      )
    await asOwner('alter table audit_chain drop constraint audit_chain_tenant_id_event_id_key')
    await swap(eight, nine)
    expect(await quayline()).toMatchObject({ broken: { sequence: 8, event: nine, what: 'changed' } })
    await swap(eight, nine)
    expect(await quayline()).toMatchObject({ broken: undefined })
    await asOwner('alter table audit_chain add unique (tenant_id, event_id)')

    await asOwner('delete from audit_event where id = $1', [nine])
    expect(await quayline()).toMatchObject({ broken: { sequence: 9, event: nine, what: 'row-gone' } })
    await asOwner('delete from audit_chain where event_id = $1', [nine])
    expect(await quayline()).toMatchObject({ broken: { sequence: 9, event: undefined, what: 'link-gone' } })
  })

  test('shows what is not sealed yet, and where it ends', async () => {
    await fill(w.quayline, 5)
    expect(await quayline()).toMatchObject({ links: 0, waiting: 5, head: undefined })
    await sealAll()
    const verdict = await quayline()
    expect(verdict).toMatchObject({ links: 5, waiting: 0 })
    expect(await heads()).toContainEqual({ tenant: w.quayline, sequence: 5, hash: verdict?.head })
  })
})

test('nobody waits for anybody: rows of open transactions are linked when no older one can appear', async () => {
  await asOwner('truncate audit_event, audit_chain')
  const ann = staffOf(w.staff.administrator)
  const [first, second] = [await beginStaff(ann, 'write'), await beginStaff(ann, 'write')]
  await recordAudit(first.db, ann, { action: 'test.first' })
  await recordAudit(second.db, ann, { action: 'test.second' })
  await second.commit()
  await extendChains(true)
  expect(await quayline()).toMatchObject({ links: 0, waiting: 1 })
  await first.commit()
  await sealAll()
  const rows = await asOwner(
    'select e.action from audit_chain c join audit_event e on e.id = c.event_id order by c.sequence',
  )
  expect(rows.map(({ action }) => action)).toEqual(['test.first', 'test.second'])
  expect(await quayline()).toMatchObject({ links: 2, broken: undefined })
})

test('rows that a backup brought from a cluster with larger numbers are linked too', async () => {
  await asOwner('truncate audit_event, audit_chain')
  await fill(w.quayline, 3)
  await asOwner(`update audit_event set xid = '9000000000000000'`)
  await extendChains(true)
  expect(await quayline()).toMatchObject({ links: 3, waiting: 0 })
})
