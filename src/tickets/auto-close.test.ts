import { pino } from 'pino'
import { beforeAll, expect, test } from 'vitest'
import { aRun } from '#src/jobs/test-ground.ts'
import { paths } from '#src/paths.ts'
import { autoClose } from '#src/tickets/auto-close.ts'
import type { Status } from '#src/tickets/filter.ts'
import { asOwner } from '#test/database.ts'
import { wordsOf } from '#test/pages.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, type Person, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await asOwner(`update tenant set settings = '{"closeSolvedDays": 30}' where tenant_id = $1`, [w.harbor])
})

const since = async (who: Person, status: Status, ago: string) => {
  const { id } = await seedTicket(who, { subject: `${status} ${ago}`, body: 'x', status })
  await asOwner(`update ticket set status_since = now() - $2::interval where id = $1`, [id, ago])
  return id
}
const statusOf = async (id: string) =>
  (await asOwner('select status from ticket where id = $1', [id]))[0]?.status
const run = () => autoClose.perform({}, aRun(pino({ level: 'silent' })))

test('what has been solved for the days of its tenant is closed, nothing else', async () => {
  const due = await since(w.alice, 'solved', '7 days 1 minute')
  const early = await since(w.alice, 'solved', '6 days 23 hours 59 minutes')
  const waiting = await since(w.alice, 'waiting_client', '70 days')
  const harborsEarly = await since(w.zoe, 'solved', '29 days 23 hours')
  const harborsDue = await since(w.zoe, 'solved', '30 days 1 minute')
  await run()
  expect(await Promise.all([due, early, waiting, harborsEarly, harborsDue].map(statusOf))).toEqual([
    'closed',
    'solved',
    'waiting_client',
    'solved',
    'closed',
  ])
  expect(wordsOf(await (await as(w.alice)).get(paths.ticket(due)))).toContain(
    'Closed, because nobody objected',
  )

  await run()
  const events = await asOwner('select data from ticket_event where ticket_id = $1', [due])
  expect(events).toEqual([{ data: { from: 'solved', to: 'closed' } }])
})

test('more tickets than go into one transaction are closed all the same', async () => {
  const { id } = await seedTicket(w.bob, { subject: 'One of many', body: 'x', status: 'solved' })
  await asOwner(
    `insert into ticket (tenant_id, id, company_id, number, subject, status, requester_id, visible_to, status_since)
      select tenant_id, gen_random_uuid(), company_id, 10000 + n, subject, status, requester_id, visible_to, now() - interval '8 days'
      from ticket, generate_series(1, 1100) n where id = $1`,
    [id],
  )
  await run()
  const left = await asOwner(
    `select count(*)::int as n, status from ticket where subject = 'One of many' group by status order by 1`,
  )
  expect(left).toEqual([
    { n: 1, status: 'solved' },
    { n: 1100, status: 'closed' },
  ])
})

test('a reply in between keeps it open', async () => {
  const id = await since(w.alice, 'solved', '9 days')
  await (await as(w.alice)).post(paths.ticketReplies(id), { body: 'It is back' })
  await run()
  expect(await statusOf(id)).toBe('in_progress')
})
