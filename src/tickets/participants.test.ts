import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { filesIn, ticketsIn, wordsOf } from '#test/pages.ts'
import { jobs } from '#test/queue.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, type Person, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const fresh = () =>
  seedTicket(w.alice, {
    subject: 'Together',
    body: 'Old words',
    file: 'old.txt',
    internal: 'SECRET-INTERNAL-NOTE',
  })
const add = async (id: string, contact: string, who: Person = w.alice) =>
  (await as(who)).post(paths.ticketParticipants(id), { contact })
const peopleOn = async (id: string) =>
  (
    await asOwner<{ contact_id: string }>(
      'select contact_id from ticket_participant where ticket_id = $1 order by added_at, contact_id',
      [id],
    )
  ).map((row) => row.contact_id)

test('a colleague who is added sees the ticket from then on: list, old messages, files, mails', async () => {
  const { id, file } = await fresh()
  const amir = await as(w.amir)
  expect((await amir.get(paths.ticket(id))).status).toBe(404)
  expect((await amir.get(paths.attachment(file))).status).toBe(404)

  const answer = await add(id, w.amir.id)
  expect([answer.status, answer.location]).toEqual([303, paths.ticket(id)])
  const page = await amir.get(paths.ticket(id))
  expect(wordsOf(page)).toContain('Old words')
  expect(wordsOf(page)).toContain('Alice added Amir')
  expect(page.text).not.toContain('SECRET-INTERNAL-NOTE')
  expect(filesIn(page)).toEqual([file])
  expect((await amir.get(paths.attachment(file))).text).toBe('content of old.txt')
  expect(ticketsIn(await amir.get(paths.tickets({ q: 'Together' })))).toEqual([id])
  expect(await jobs('tickets:welcome')).toContainEqual({
    tenant: w.quayline,
    ticket: id,
    contact: w.amir.id,
    by: w.alice.id,
  })

  expect((await amir.post(paths.ticketReplies(id), { body: 'Me too' })).status).toBe(303)
  expect(wordsOf(await (await as(w.alice)).get(paths.ticket(id)))).toContain('Me too')
})

test('every row of the ticket says who is on it', async () => {
  const { id } = await fresh()
  const alice = await as(w.alice)
  await alice.post(paths.ticketClosure(id))
  await add(id, w.amir.id)
  await add(id, w.roles.user.id)
  const people = [w.alice.id, w.amir.id, w.roles.user.id]
  expect((await peopleOn(id)).sort()).toEqual([...people].sort())
  const rows = await asOwner<{ table: string; visible_to: string[] }>(
    `select 'ticket' as table, visible_to from ticket where id = $1
      union all select 'message', visible_to from ticket_message where ticket_id = $1
      union all select 'event', visible_to from ticket_event where ticket_id = $1
      union all select 'attachment', visible_to from attachment where ticket_id = $1 and not internal
      union all select 'participant', visible_to from ticket_participant where ticket_id = $1`,
    [id],
  )
  const shown = rows.filter((row) => row.visible_to.length === 3)
  expect(shown.map((row) => row.visible_to)).toEqual(shown.map(() => people))
  // what the portal may not touch keeps the old list, and is seen by nobody there anyway: the internal note
  expect(rows.length - shown.length).toBe(1)
})

test('adding her twice is once, and tells nobody again', async () => {
  const { id } = await fresh()
  await add(id, w.amir.id)
  const before = (await jobs('tickets:welcome')).length
  expect((await add(id, w.amir.id)).status).toBe(303)
  expect((await add(id, w.alice.id)).status).toBe(303)
  await Promise.all(Array.from({ length: 6 }, () => add(id, w.roles.user.id)))
  expect(await peopleOn(id)).toHaveLength(3)
  expect((await jobs('tickets:welcome')).length).toBe(before + 1)
})

test('nobody from elsewhere can be added', async () => {
  const { id } = await fresh()
  for (const contact of [
    w.bob.id,
    w.zoe.id,
    w.samAtBolt.id,
    w.disabled.id,
    uuidv7(),
    'x',
    '',
    `${w.amir.id}, ${w.bob.id}`,
  ]) {
    const answer = await add(id, contact)
    expect([contact, answer.status, wordsOf(answer)]).toEqual([
      contact,
      422,
      expect.stringContaining('Choose a colleague from the list.'),
    ])
  }
  expect(await peopleOn(id)).toEqual([w.alice.id])
  expect((await (await as(w.bob)).get(paths.ticket(id))).status).toBe(404)
})

test('only who may answer may add, and only to what she sees', async () => {
  const { id } = await fresh()
  expect((await add(id, w.amir.id, w.amir)).status).toBe(404)
  expect((await add(id, w.bob.id, w.bob)).status).toBe(404)
  const { id: viewers } = await seedTicket(w.roles.viewer, { subject: 'Only looking', body: 'x' })
  expect((await add(viewers, w.amir.id, w.roles.viewer)).status).toBe(403)
  expect(await peopleOn(id)).toEqual([w.alice.id])
})

test('a confidential ticket is shown to who is added, and to nobody else', async () => {
  const { id } = await seedTicket(w.amir, { subject: 'Between us', body: 'x', confidential: true })
  await add(id, w.alice.id, w.amir)
  expect((await (await as(w.alice)).get(paths.ticket(id))).status).toBe(200)
  expect((await (await as(w.roles.approver)).get(paths.ticket(id))).status).toBe(404)
  expect((await (await as(w.roles.manager)).get(paths.ticket(id))).status).toBe(404)
})

test('the list of colleagues to choose from has nobody who is gone or on the ticket', async () => {
  const { id } = await fresh()
  await add(id, w.amir.id)
  const page = await (await as(w.alice)).get(paths.ticket(id))
  const options = /<select [^>]*name="contact".*?<\/select>/s.exec(page.text)?.[0] ?? ''
  expect(options).toContain(w.roles.user.id)
  for (const who of [w.amir, w.alice, w.disabled, w.bob, w.zoe]) expect(options).not.toContain(who.id)
})
