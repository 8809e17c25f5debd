import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, asStaff, stranger, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const queue = async (filter: Record<string, string> = {}, who = w.staff.technician) =>
  (await (await asStaff(who)).get(paths.staff.tickets(filter))).text
const shows = (page: string, id: string) => page.includes(`href="${paths.staff.ticket(id)}"`)

describe('the queue', () => {
  test('shows every company of the tenant, confidential tickets marked, and nothing of another tenant', async () => {
    const page = await queue()
    for (const { id } of [w.tickets.alices, w.tickets.amirs, w.tickets.confidential, w.tickets.bobs])
      expect(shows(page, id)).toBe(true)
    expect(page).toContain('Confidential')
    expect(page).toContain('Acme · Alice: ALICE-PUBLIC')
    expect(page).not.toContain('HARBOR-CANARY')
    expect(shows(page, w.tickets.zoes.id)).toBe(false)
    expect(await queue({}, w.harborStaff)).not.toContain('ALICE-PUBLIC')
  })

  test('is for staff alone, and viewers open no ticket in it', async () => {
    expect((await (await as(w.alice)).get(paths.staff.tickets())).location).toContain('/staff/login')
    expect((await stranger.get(paths.staff.tickets())).location).toContain('/staff/login')
    expect(await queue({}, w.staff.viewer)).not.toContain(paths.staff.newTicket())
    expect(await queue()).toContain(paths.staff.newTicket())
  })

  test('narrows by queue, status, priority, assignee, company and type', async () => {
    const { id } = await seedTicket(w.bob, { subject: 'Waits', body: 'x', status: 'waiting_client' })
    const { id: over } = await seedTicket(w.bob, { subject: 'Over', body: 'x', status: 'solved' })
    await asOwner(
      `update ticket set assignee_id = $1, priority = 'urgent',
        category_id = (select id from category c where c.tenant_id = ticket.tenant_id order by position limit 1) where id = $2`,
      [w.staff.technician.id, id],
    )
    const [{ category }] = (await asOwner<{ category: string }>(
      'select category_id as category from ticket where id = $1',
      [id],
    )) as [{ category: string }]
    const only: Record<string, string>[] = [
      { queue: 'waiting' },
      { queue: 'mine' },
      { status: 'waiting_client' },
      { priority: 'urgent' },
      { assignee: w.staff.technician.id },
      { category },
      { company: w.bolt, priority: 'urgent' },
    ]
    for (const filter of only) {
      const page = await queue(filter)
      expect([filter, shows(page, id), shows(page, w.tickets.alices.id)]).toEqual([filter, true, false])
    }
    const none: Record<string, string>[] = [
      { queue: 'unassigned' },
      { assignee: 'none' },
      { company: w.acme },
    ]
    for (const filter of none) expect(shows(await queue(filter), id)).toBe(false)
    expect(shows(await queue({ queue: 'mine' }, w.staff.manager), id)).toBe(false)
    expect([shows(await queue(), over), shows(await queue({ queue: 'closed' }), over)]).toEqual([false, true])
    expect(shows(await queue({ queue: 'all' }), over)).toBe(true)
  })

  test('finds by number, by how subject, person, address and company begin, and by what moved lately', async () => {
    const { id } = await seedTicket(w.bob, { subject: 'Plotter 100% jammed', body: 'x', status: 'closed' })
    const [{ number }] = (await asOwner<{ number: number }>('select number from ticket where id = $1', [
      id,
    ])) as [{ number: number }]
    for (const q of [
      `#${number}`,
      String(number),
      'plotter',
      'PLOTTER 100%',
      'jammed',
      'bob',
      'bob@bolt',
      'bolt',
    ])
      expect([q, shows(await queue({ q }), id)]).toEqual([q, true])
    for (const q of ['%', '_', 'zzz', "'", '\\', 'Zoe', 'HARBOR'])
      expect([q, shows(await queue({ q }), w.tickets.zoes.id)]).toEqual([q, false])
    expect(await queue({ q: 'zzz' })).toContain('Nothing matches')
    expect(shows(await queue({ q: 'plotter', queue: 'open' }), id)).toBe(false)
  })

  test('pages both ways without losing or repeating a row, in both orders', async () => {
    const at = Date.parse('2026-01-01T00:00:00Z')
    const seeds = Array.from({ length: 60 }, (_, n) => new Date(at + Math.floor(n / 3) * 60_000))
    const ids = await Promise.all(
      seeds.map(
        async (updated, n) => (await seedTicket(w.zoe, { subject: `Many ${n}`, body: 'x', updated })).id,
      ),
    )
    for (const sort of ['updated', 'quiet']) {
      const seen: string[] = []
      let href: string | undefined = paths.staff.tickets({ sort, company: w.acmeAtHarbor })
      const staff = await asStaff(w.harborStaff)
      let last = ''
      while (href) {
        last = (await staff.get(href)).text
        seen.push(
          ...[...last.matchAll(/href="\/staff\/tickets\/([0-9a-f-]{36})"/g)].map(([, id]) => id ?? ''),
        )
        href = /rel="next" href="([^"]+)"/.exec(last)?.[1]?.replaceAll('&amp;', '&')
      }
      expect(seen.length).toBe(61)
      expect(new Set(seen).size).toBe(61)
      for (const id of ids) expect(seen).toContain(id)
      const back = /rel="prev" href="([^"]+)"/.exec(last)?.[1]?.replaceAll('&amp;', '&') ?? ''
      expect((await staff.get(back)).text).toContain(`href="/staff/tickets/${seen[49]}"`)
    }
  })

  test('leaves out what it can’t read in the address, and says so', async () => {
    const page = await queue({ status: 'nonsense', company: 'x', after: '1.2', assignee: w.bob.id })
    expect(page).toContain('status, company, after')
    expect(page).toContain('Nothing matches')
  })
})
