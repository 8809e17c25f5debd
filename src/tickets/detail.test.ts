import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { ticketsIn, wordsOf } from '#test/pages.ts'
import { hire, staffAnswer } from '#test/staff.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, browser, sessionOf, type World, world } from '#test/world.ts'

let w: World
let tess: string
beforeAll(async () => {
  w = await world()
  tess = await hire(w.quayline, 'Tess Technician')
})

const show = async (id: string, who = w.alice) => (await as(who)).get(paths.ticket(id))

describe('the page of a ticket', () => {
  test('shows what was said in public, in order, and who said it', async () => {
    const { id } = w.tickets.alices
    await staffAnswer(w.quayline, tess, id, {
      body: 'Have you tried\nturning it off?',
      status: 'waiting_client',
    })
    await staffAnswer(w.quayline, tess, id, { body: 'She surely has not', internal: true })
    const page = await show(id)
    const words = wordsOf(page)
    expect(page.status).toBe(200)
    expect(words.indexOf('ALICE-PUBLIC')).toBeLessThan(words.indexOf('Have you tried turning it off?'))
    for (const said of [
      'Alice printer',
      'Alice title',
      'Tess Technician',
      'Quayline IT',
      'Waiting for you',
      'alice.txt',
    ])
      expect(words).toContain(said)
    for (const hidden of ['SECRET-INTERNAL-NOTE', 'She surely has not', 'internal-alice.txt'])
      expect(page.text).not.toContain(hidden)
  })

  test('names the people on it and who else may see it', async () => {
    expect(wordsOf(await show(w.tickets.alices.id))).toContain(
      'Seen by the people above and by those in Acme who may see all tickets.',
    )
    expect(wordsOf(await show(w.tickets.confidential.id, w.amir))).toContain(
      'by those who may see confidential tickets',
    )
  })

  test('has its history between the messages', async () => {
    const { id } = await seedTicket(w.alice, { subject: 'History', body: 'First' })
    const alice = await as(w.alice)
    await alice.post(paths.ticketClosure(id))
    await alice.post(paths.ticketReopening(id))
    await alice.post(paths.ticketParticipants(id), { contact: w.amir.id })
    const words = wordsOf(await show(id))
    const lines = ['First', 'Alice marked this as solved', 'Alice opened this again', 'Alice added Amir']
    expect(lines.map((line) => words.indexOf(line)).every((at, n, all) => at > (all[n - 1] ?? -1))).toBe(true)
  })

  test('offers what the role may do', async () => {
    const { id } = await seedTicket(w.roles.viewer, { subject: 'Only looking', body: 'x' })
    const read = wordsOf(await show(id, w.roles.viewer))
    expect(read).toContain('Your role can read this ticket but not answer it.')
    for (const action of ['Send reply', 'Mark as solved', 'Add a colleague'])
      expect(read).not.toContain(action)
    const open = wordsOf(await show(w.tickets.alices.id))
    for (const action of ['Send reply', 'Send and mark solved', 'Mark as solved', 'Add a colleague'])
      expect(open).toContain(action)
    expect(open).not.toContain('Open again')
    const { id: over } = await seedTicket(w.alice, { subject: 'Over', body: 'x', status: 'closed' })
    const closed = wordsOf(await show(over))
    expect(closed).toContain('Open again')
    expect(closed).toContain('A reply opens this ticket again.')
    expect(closed).not.toContain('Mark as solved')
  })

  test('of a long conversation shows the newest hundred, the older ones page by page, each once', async () => {
    const { id } = await seedTicket(w.alice, { subject: 'Long', body: 'said-0' })
    await asOwner(
      `insert into ticket_message (tenant_id, id, ticket_id, company_id, confidential, visible_to, internal, author_name, body, created_at)
        select tenant_id, gen_random_uuid(), ticket_id, company_id, confidential, visible_to, n % 50 = 0, 'Tess', 'said-' || n || case when n % 50 = 0 then ' INTERNAL' else '' end, now()
        from ticket_message, generate_series(1, 250) n where ticket_id = $1`,
      [id],
    )
    const shown: string[] = []
    let path: string | undefined = paths.ticket(id)
    let pages = 0
    while (path) {
      const page = await (await as(w.alice)).get(path)
      shown.push(...[...page.text.matchAll(/said-\d+/g)].map(([said]) => said))
      expect(page.text).not.toContain('INTERNAL')
      pages += 1
      path = [...page.text.matchAll(/href="([^"]*\?before=[^"]*)"/g)].map(([, href]) => href)[0]
    }
    expect(pages).toBe(3)
    expect(shown).toHaveLength(246)
    expect(new Set(shown).size).toBe(246)
  })
})

describe('unread', () => {
  const marked = async (who = w.alice) => {
    const page = await (await as(who)).get(paths.tickets({ q: 'Read me' }))
    expect(ticketsIn(page).length).toBeGreaterThan(0)
    return page.text.includes('New reply')
  }

  test('appears with a reply of somebody else, goes when it was read, and stays away for her own', async () => {
    const { id } = await seedTicket(w.alice, { subject: 'Read me', body: 'x' })
    const alice = await as(w.alice)
    expect(await marked()).toBe(false)
    await staffAnswer(w.quayline, tess, id, { body: 'Done?' })
    expect(await marked()).toBe(true)
    expect((await alice.get(paths.home())).text).toContain('New reply')
    await alice.get(paths.ticket(id)) // a GET changes nothing: it may have been fetched ahead
    expect(await marked()).toBe(true)
    expect((await alice.post(paths.ticketReading(id))).status).toBe(204)
    expect(await marked()).toBe(false)

    await alice.post(paths.ticketReplies(id), { body: 'Yes' })
    expect(await marked()).toBe(false)
    await staffAnswer(w.quayline, tess, id, { body: 'For sure?' })
    await alice.post(paths.ticketReplies(id), { body: 'Yes!' })
    expect(await marked()).toBe(false) // who answers has read
    await staffAnswer(w.quayline, tess, id, { body: 'Note to self', internal: true })
    expect(await marked()).toBe(false)
  })

  test('does not come back by what she does to the ticket herself', async () => {
    const { id } = await seedTicket(w.amir, { subject: 'Read me', body: 'x' })
    const amir = await as(w.amir)
    await staffAnswer(w.quayline, tess, id, { body: 'Solved, I think', status: 'solved' })
    await amir.post(paths.ticketReading(id))
    await amir.post(paths.ticketReopening(id))
    expect(await marked(w.amir)).toBe(false)
  })

  test('is not for who only looks on', async () => {
    const { id } = await seedTicket(w.alice, { subject: 'Read me', body: 'x' })
    await staffAnswer(w.quayline, tess, id, { body: 'Hello Alice' })
    expect(await marked(w.roles.approver)).toBe(false)
    expect(await marked(w.alice)).toBe(true)
  })

  test('is marked by a form that works without scripts', async () => {
    const { id } = await seedTicket(w.alice, { subject: 'By hand', body: 'x' })
    const page = await show(id)
    const form = /<mark-read>.*?<\/mark-read>/s.exec(page.text)?.[0] ?? ''
    expect(form).toContain(`action="${paths.ticketReading(id)}"`)
    const csrf = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
    const answer = await (await as(w.alice)).post(
      paths.ticketReading(id),
      { csrf },
      { 'sec-fetch-mode': 'navigate' },
    )
    expect([answer.status, answer.location]).toEqual([303, paths.ticket(id)])
  })
})

test('a flash sentence is said once, and only if it is one of ours', async () => {
  const token = await sessionOf(w.alice)
  const said = async (flash: string) =>
    (await browser(`portal=${token}; portal-flash=${flash}`, token).get(paths.home())).text
  expect(await said('tickets.reply.done')).toContain('Reply sent')
  expect(await said('Call+0900+now')).not.toContain('0900')
  expect(await said('error.500.title')).not.toContain('Something broke')
  const { cookies } = await browser(`portal=${token}; portal-flash=tickets.reply.done`, token).get(
    paths.home(),
  )
  expect(cookies.join()).toMatch(/portal-flash=;.*Max-Age=0/)
})
