import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { STATUSES } from '#src/tickets/filter.ts'
import { asOwner } from '#test/database.ts'
import { tabCount, ticketsIn, wordsOf } from '#test/pages.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, type Person, type World, world } from '#test/world.ts'

let w: World
/** A person of her own for each test, with nothing but what the test gives her. */
let [tabber, filterer, seeker]: Person[] = []
beforeAll(async () => {
  w = await world()
  ;[tabber, filterer, seeker] = [w.roles.user, w.roles.accounting, w.roles.viewer]
})

const change = (id: string, set: string) => asOwner(`update ticket set ${set} where id = $1`, [id])
const list = async (who: Person | undefined, filter: Record<string, string> = {}) => {
  if (!who) throw new Error('nobody')
  return (await as(who)).get(paths.tickets(filter))
}
const found = async (who: Person | undefined, filter: Record<string, string>) =>
  ticketsIn(await list(who, filter))

test('tabs hold what they say, and count it whatever else is filtered', async () => {
  const byStatus = new Map<string, string>()
  for (const status of STATUSES)
    byStatus.set(status, (await seedTicket(w.roles.user, { subject: `Is ${status}`, body: 'x', status })).id)
  const ids = (...statuses: string[]) => statuses.map((status) => byStatus.get(status))
  const tabs = {
    open: ids('new', 'in_progress', 'scheduled', 'waiting_client', 'waiting_supplier'),
    waiting: ids('waiting_client'),
    closed: ids('solved', 'closed'),
    all: ids(...STATUSES),
  }
  for (const [tab, expected] of Object.entries(tabs)) {
    expect([tab, (await found(tabber, { tab })).sort()]).toEqual([tab, [...expected].sort()])
    const page = await list(tabber, { tab, q: 'nothing has this' })
    expect(['Open', 'Waiting for you', 'Closed', 'All'].map((label) => tabCount(page, label))).toEqual([
      5, 1, 2, 7,
    ])
    expect(ticketsIn(page)).toEqual([])
    expect(wordsOf(page)).toContain('Nothing matches')
    expect(wordsOf(page).includes('Look in all tickets')).toBe(tab !== 'all')
  }
  for (const status of STATUSES)
    expect([status, await found(tabber, { tab: 'all', status })]).toEqual([status, [byStatus.get(status)]])
})

describe('filters', () => {
  let ids: { old: string; urgent: string; late: string; plain: string }
  let category = ''
  beforeAll(async () => {
    const seed = async (subject: string) => (await seedTicket(w.roles.accounting, { subject, body: 'x' })).id
    ids = {
      old: await seed('Old'),
      urgent: await seed('Urgent'),
      late: await seed('Late'),
      plain: await seed('Plain'),
    }
    const [row] = await asOwner<{ id: string }>(
      'select id from category where tenant_id = $1 and not confidential limit 1',
      [w.quayline],
    )
    category = row?.id ?? ''
    await change(ids.urgent, `priority = 'urgent', category_id = '${category}'`)
    await change(ids.old, `created_at = '2025-03-09 07:59:59Z'`) // one second before the 9th begins in Los Angeles
    await change(ids.late, `created_at = '2025-03-10 06:59:59Z'`) // the last second of that day, which has 23 hours
  })

  test('by priority, category, person', async () => {
    expect(await found(filterer, { priority: 'urgent' })).toEqual([ids.urgent])
    expect(await found(filterer, { category })).toEqual([ids.urgent])
    expect(await found(filterer, { requester: w.roles.accounting.id })).toHaveLength(4)
    expect(await found(filterer, { requester: w.alice.id })).toEqual([])
  })

  test("by day, in the person's own time zone", async () => {
    expect(await found(filterer, { to: '2025-03-08' })).toEqual([ids.old])
    expect(await found(filterer, { from: '2025-03-09', to: '2025-03-09' })).toEqual([ids.late])
    expect((await found(filterer, { from: '2025-03-10' })).sort()).toEqual([ids.urgent, ids.plain].sort())
    expect(await found(filterer, { from: '2025-03-09', to: '2025-03-08' })).toEqual([])
  })

  test('together, and they stand in the address of every tab', async () => {
    const page = await list(filterer, { priority: 'urgent', from: '2025-01-01', q: 'urg' })
    expect(ticketsIn(page)).toEqual([ids.urgent])
    expect(page.text).toContain(
      paths
        .tickets({ tab: 'all', q: 'urg', priority: 'urgent', from: '2025-01-01' })
        .replaceAll('&', '&amp;'),
    )
  })

  test('that make no sense are named and left out, the others are used', async () => {
    const bad = {
      tab: 'everything',
      whose: 'theirs',
      status: 'burning',
      category: 'x',
      requester: "'; drop table ticket",
      from: '2025-02-30',
      to: 'tomorrow',
      sort: 'random',
      after: '1.2',
      before: '1.------------------------------------',
    }
    const page = await list(filterer, { ...bad, priority: 'urgent' })
    expect(page.status).toBe(200)
    expect(ticketsIn(page)).toEqual([ids.urgent])
    const notice = wordsOf(page)
      .match(/left out: ([^.]*)\./)?.[1]
      ?.split(', ')
    expect(notice?.sort()).toEqual(Object.keys(bad).sort())
  })
})

describe('search', () => {
  let ids: Record<'percent' | 'under' | 'slash' | 'plain', string>
  beforeAll(async () => {
    const seed = async (subject: string, body: string) =>
      (await seedTicket(w.roles.viewer, { subject, body, internal: 'WHISPER' })).id
    ids = {
      percent: await seed('Disk at 100% again', 'It fills up'),
      under: await seed('file_name is wrong', 'See the attachment'),
      slash: await seed('Path C:\\temp', 'backslashes'),
      plain: await seed(
        'Monitor flickers',
        'Since Tuesday the MONITOR on desk 12 flickers, file-name or not',
      ),
    }
  })

  test('takes signs of patterns as what they are', async () => {
    expect(await found(seeker, { q: '%' })).toEqual([ids.percent])
    expect(await found(seeker, { q: '100% a' })).toEqual([ids.percent])
    expect(await found(seeker, { q: '_' })).toEqual([ids.under])
    expect(await found(seeker, { q: 'file_name' })).toEqual([ids.under])
    expect(await found(seeker, { q: '\\' })).toEqual([ids.slash])
    expect(await found(seeker, { q: "'" })).toEqual([])
  })

  test('finds words of subject and conversation in any case, never of internal notes', async () => {
    expect(await found(seeker, { q: 'monitor' })).toEqual([ids.plain])
    expect(await found(seeker, { q: '  tuesday THE ' })).toEqual([ids.plain])
    expect(await found(seeker, { q: 'whisper' })).toEqual([])
  })

  test('finds a ticket by its number, with and without the sign', async () => {
    const [row] = await asOwner<{ number: number }>('select number::int from ticket where id = $1', [
      ids.plain,
    ])
    expect(await found(seeker, { q: String(row?.number) })).toContain(ids.plain)
    expect(await found(seeker, { q: `#${row?.number}` })).toEqual([ids.plain])
    expect(await found(seeker, { q: '999999999999' })).toEqual([])
    expect(await found(seeker, { q: '#99999999999999999999' })).toEqual([])
  })

  test('of ten thousand characters is named and left out', async () => {
    const page = await list(seeker, { q: 'x'.repeat(10_000) })
    expect(ticketsIn(page)).toHaveLength(4)
    expect(wordsOf(page)).toContain('was left out: q.')
    expect(page.text).not.toContain('x'.repeat(300))
  })

  test('of signs that nobody sees is only a search', async () => {
    const viewer = await as(w.roles.viewer)
    for (const q of ['%ff%fe', '%ed%a0%80', '%e2%80%ae', '%ef%bb%bf', '%01', '%'])
      expect([q, (await viewer.get(`/portal/tickets?q=${q}`)).status]).toEqual([q, 200])
    expect((await viewer.get('/portal/tickets?q=%00')).status).toBe(404) // no text can hold it
  })
})

describe('whose tickets', () => {
  const names = async (who: Person, filter: Record<string, string> = {}) => {
    const text = wordsOf(await list(who, { tab: 'all', q: ' ', ...filter }))
    return ['Alice printer', 'Amir laptop', 'Amir confidential', 'Bob server', 'Zoe switch'].filter(
      (subject) => text.includes(subject),
    )
  }

  test('depend on the role', async () => {
    expect(await names(w.alice)).toEqual(['Alice printer'])
    expect(await names(w.amir)).toEqual(['Amir laptop', 'Amir confidential'])
    expect(await names(w.roles.approver)).toEqual(['Alice printer', 'Amir laptop'])
    expect(await names(w.roles.admin)).toEqual(['Alice printer', 'Amir laptop', 'Amir confidential'])
    expect(await names(w.bob)).toEqual(['Bob server'])
    expect(await names(w.zoe)).toEqual(['Zoe switch'])
  })

  test('may be narrowed by who sees more, never widened by who sees less', async () => {
    expect(await names(w.roles.admin, { whose: 'mine' })).toEqual([])
    expect(await names(w.alice, { whose: 'company' })).toEqual(['Alice printer'])
    expect(await names(w.alice, { requester: w.amir.id })).toEqual([])
    expect(wordsOf(await list(w.alice))).not.toContain('Whole company')
    expect(wordsOf(await list(w.roles.approver))).toContain('Whole company')
  })

  test('and the page says why', async () => {
    expect(wordsOf(await list(w.alice))).toContain('that you asked for and those that you were added to')
    expect(wordsOf(await list(w.roles.approver))).toContain(
      'Confidential ones are shown only to the people on them',
    )
    expect(wordsOf(await list(w.roles.admin))).toContain('confidential ones too')
  })
})
