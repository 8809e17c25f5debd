import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { linkWith, ticketsIn, wordsOf } from '#test/pages.ts'
import { seedTicket } from '#test/tickets.ts'
import { type Answer, as, type Person, type World, world } from '#test/world.ts'

const OLDER = 'rel="next"'
const NEWER = 'rel="prev"'
const AT = '2026-03-01T10:00:00.123Z'

let w: World
let who: Person
beforeAll(async () => {
  w = await world()
  who = w.roles.user
  // 60 tickets of the same millisecond, so that only the id tells them apart
  const { id } = await seedTicket(who, { subject: 'Seed', body: 'x' })
  await asOwner(
    `insert into ticket (tenant_id, id, company_id, number, subject, requester_id, visible_to, created_at, updated_at)
      select tenant_id, gen_random_uuid(), company_id, 1000 + n, 'Copy ' || n, requester_id, visible_to, $2, $2
      from ticket, generate_series(1, 60) n where id = $1`,
    [id, AT],
  )
  await asOwner(
    `insert into ticket_participant (tenant_id, ticket_id, contact_id, company_id, confidential, visible_to)
      select tenant_id, id, requester_id, company_id, confidential, visible_to from ticket where subject like 'Copy %'`,
  )
  await asOwner(`update ticket set updated_at = $2, created_at = $2 where id = $1`, [id, AT])
})

const get = async (path: string) => (await as(who)).get(path)

/** Follows a link from page to page until there is none. */
const follow = async (start: Answer, rel: string): Promise<Answer[]> => {
  const pages = [start]
  for (let next = linkWith(start, rel); next; ) {
    const page = await get(next)
    pages.push(page)
    next = linkWith(page, rel)
  }
  return pages
}

test.each(['updated', 'created', 'oldest'])(
  'pages by %s show every ticket once, forwards and backwards',
  async (sort) => {
    const first = await get(paths.tickets({ sort }))
    expect(linkWith(first, NEWER)).toBeUndefined()
    const forwards = await follow(first, OLDER)
    expect(forwards.map((page) => ticketsIn(page).length)).toEqual([25, 25, 11])
    const all = forwards.flatMap(ticketsIn)
    expect(new Set(all).size).toBe(61)
    const [{ order = [] } = {}] = await asOwner<{ order: string[] }>(
      `select array_agg(id::text order by id ${sort === 'oldest' ? 'asc' : 'desc'}) as order from ticket where requester_id = $1`,
      [who.id],
    )
    expect(all).toEqual(order)

    const on = sort === 'oldest' ? 'Newer' : 'Older'
    expect(wordsOf(first)).toContain(` ${on} `)
    const last = forwards.at(-1)
    if (!last) throw new Error('no page')
    const backwards = await follow(last, NEWER)
    expect(backwards.map((page) => ticketsIn(page))).toEqual(
      forwards.map((page) => ticketsIn(page)).reverse(),
    )
  },
)

test('what is written meanwhile neither doubles nor hides a ticket', async () => {
  const first = await get(paths.tickets())
  const seen = ticketsIn(first)
  const older = linkWith(first, OLDER) ?? ''
  for (let n = 0; n < 3; n++) await seedTicket(who, { subject: `New ${n}`, body: 'x' })
  const [moved = ''] = seen.slice(-1)
  await asOwner('update ticket set updated_at = now() where id = $1', [moved]) // answered: it jumps to the top
  const second = await get(older)
  expect(ticketsIn(second)).toHaveLength(25)
  expect(ticketsIn(second).filter((id) => seen.includes(id))).toEqual([])

  const back = await get(linkWith(second, NEWER) ?? '')
  expect(ticketsIn(back)).not.toContain(moved)
  expect(ticketsIn(back).slice(-24)).toEqual(seen.slice(0, 24))
  const newest = (await follow(back, NEWER)).at(-1)
  expect(newest && ticketsIn(newest)).toHaveLength(3) // the one that moved and two of the new ones
})

test('a page that has become empty is a page', async () => {
  const beyond = await get(paths.tickets({ after: `1.${w.alice.id}` }))
  expect(beyond.status).toBe(200)
  expect(ticketsIn(beyond)).toEqual([])
  const before = await get(paths.tickets({ before: `9999999999999.${w.alice.id}` }))
  expect(before.status).toBe(200)
  expect(ticketsIn(before)).toEqual([])
})

test('filters and sort go along from page to page', async () => {
  const first = await get(paths.tickets({ q: 'copy', sort: 'oldest', tab: 'all' }))
  const older = linkWith(first, OLDER) ?? ''
  const given = new URL(older, 'http://x').searchParams
  expect([given.get('q'), given.get('sort'), given.get('tab')]).toEqual(['copy', 'oldest', 'all'])
  expect((await follow(first, OLDER)).flatMap(ticketsIn)).toHaveLength(60)
})
