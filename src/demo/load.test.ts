import { beforeAll, expect, test } from 'vitest'
import { loadDemo, toToday } from '#src/demo/load.ts'
import { asOwner, freshDatabase } from '#test/database.ts'

beforeAll(() => freshDatabase())

test('the demo loads through the importers, ends today, and once', async () => {
  const started = performance.now()
  await loadDemo()
  process.stdout.write(`\nThe demo was loaded in ${Math.round(performance.now() - started)} ms\n`)
  const counts = `select (select count(*)::int from company) as companies, (select count(*)::int from contact) as contacts,
    (select count(*)::int from ticket) as tickets, (select count(*)::int from ticket_message where internal) as internal`
  const [loaded] = await asOwner<{ companies: number; contacts: number; tickets: number; internal: number }>(
    counts,
  )
  expect(loaded).toMatchObject({ companies: 12, contacts: 60, tickets: 600 })
  expect(loaded?.internal).toBeGreaterThan(50)
  const [times] = await asOwner(
    `select max(greatest(created_at, updated_at, status_since)) <= now() as past, max(updated_at) > now() - interval '48 hours' as fresh from ticket`,
  )
  expect(times).toEqual({ past: true, fresh: true })
  const staff = await asOwner(
    `select role, count(*)::int as people from staff_member where password_hash is not null group by 1 order by 1`,
  )
  expect(staff).toEqual([
    { role: 'administrator', people: 1 },
    { role: 'manager', people: 1 },
    { role: 'technician', people: 5 },
    { role: 'viewer', people: 1 },
  ])
  await loadDemo()
  expect(await asOwner(counts)).toEqual([loaded])
})

test('times move by whole days, and never into the future', () => {
  const move = toToday(new Date('2026-11-17T17:00:00Z'), new Date('2027-02-03T12:00:00Z'))
  expect(move(new Date('2026-11-17T17:00:00Z')).toISOString()).toBe('2027-02-02T17:00:00.000Z')
  expect(move(new Date('2026-11-16T08:30:00Z')).toISOString()).toBe('2027-02-01T08:30:00.000Z')
  expect(move(new Date('2026-11-18T16:00:00Z')).toISOString()).toBe('2027-02-02T16:00:00.000Z')
})
