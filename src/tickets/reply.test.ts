import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { STATUSES, type Status } from '#src/tickets/filter.ts'
import { asOwner } from '#test/database.ts'
import { andSolve, valuesOf, wordsOf } from '#test/pages.ts'
import { jobs } from '#test/queue.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, type Fields, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const fresh = async (status: Status = 'in_progress', who = w.alice) =>
  (await seedTicket(who, { subject: 'To answer', body: 'x', status })).id
const reply = async (id: string, fields: Fields, who = w.alice) =>
  (await as(who)).post(paths.ticketReplies(id), fields)
const ticket = async (id: string) => (await asOwner('select * from ticket where id = $1', [id]))[0]
const said = async (id: string) =>
  (
    await asOwner<{ body: string }>(
      'select body from ticket_message where ticket_id = $1 order by created_at, id',
      [id],
    )
  ).map((row) => row.body)
const events = (id: string) =>
  asOwner(`select kind, data, actor_name from ticket_event where ticket_id = $1 order by created_at, id`, [
    id,
  ])

describe('a reply', () => {
  test('is added, becomes what the list says last, and tells everybody else', async () => {
    const id = await fresh()
    const answer = await reply(id, { body: 'It works\r\nagain' })
    const message = answer.location?.split('#m-')[1]
    expect([answer.status, answer.location]).toEqual([303, `${paths.ticket(id)}#m-${message}`])
    expect(await said(id)).toEqual(['x', 'It works\nagain'])
    expect(await ticket(id)).toMatchObject({
      replies: 1,
      excerpt: 'It works again',
      excerpt_by: 'Alice',
      excerpt_contact_id: w.alice.id,
      status: 'in_progress',
    })
    expect(await jobs('tickets:notify')).toContainEqual({ tenant: w.quayline, message })
    const page = await (await as(w.alice)).get(paths.ticket(id))
    expect(page.text).toContain(`id="m-${message}"`)
  })

  test.each(STATUSES)('to a ticket that is %s', async (status) => {
    const after: Partial<Record<Status, Status>> = {
      waiting_client: 'in_progress',
      solved: 'in_progress',
      closed: 'in_progress',
    }
    const id = await fresh(status)
    await asOwner(`update ticket set status_since = '2026-01-01' where id = $1`, [id])
    await reply(id, { body: 'Hello' })
    const now = await ticket(id)
    expect(now?.status).toBe(after[status] ?? status)
    expect(await events(id)).toEqual(
      after[status]
        ? [{ kind: 'status', data: { from: status, to: 'in_progress' }, actor_name: 'Alice' }]
        : [],
    )
    expect(now?.status_since > new Date('2026-01-02')).toBe(after[status] !== undefined)
  })

  test('may end the ticket', async () => {
    const id = await fresh('waiting_client')
    await reply(id, { body: 'Thanks, done', ...andSolve })
    expect(await ticket(id)).toMatchObject({ status: 'solved' })
    expect(await events(id)).toMatchObject([{ data: { from: 'waiting_client', to: 'solved' } }])
  })

  test('to one that is over can only open it again', async () => {
    const id = await fresh('closed')
    await reply(id, { body: 'Not quite', ...andSolve })
    expect(await ticket(id)).toMatchObject({ status: 'in_progress' })
  })

  test('puts a colleague who only looked on the ticket', async () => {
    const id = await fresh()
    await reply(id, { body: 'I have it too' }, w.roles.approver)
    expect(await ticket(id)).toMatchObject({ visible_to: [w.alice.id, w.roles.approver.id] })
    const on = await asOwner(
      'select contact_id from ticket_participant where ticket_id = $1 order by added_at',
      [id],
    )
    expect(on.map((row) => row.contact_id)).toEqual([w.alice.id, w.roles.approver.id])
    const rows = await asOwner('select visible_to from ticket_message where ticket_id = $1', [id])
    expect(rows.map((row) => row.visible_to)).toEqual([
      [w.alice.id, w.roles.approver.id],
      [w.alice.id, w.roles.approver.id],
    ])
  })

  test('needs words or a file, not too many, and gives back what was typed', async () => {
    const id = await fresh()
    const empty = await reply(id, { body: ' \n ' })
    expect([empty.status, wordsOf(empty)]).toEqual([
      422,
      expect.stringContaining('Write something, or attach a file.'),
    ])
    const long = await reply(id, { body: `<b>${'y'.repeat(50_000)}` })
    expect([long.status, wordsOf(long)]).toEqual([
      422,
      expect.stringContaining('This is 3 characters too long (at most 50000).'),
    ])
    expect(valuesOf(long, 'body')).toEqual([`<b>${'y'.repeat(50_000)}`])
    expect(await said(id)).toEqual(['x'])
    expect((await reply(id, { body: '', files: new File(['x'], 'x.txt') })).status).toBe(303)
    expect(await ticket(id)).toMatchObject({ excerpt: 'x.txt', replies: 1 })
  })

  test('needs the permission', async () => {
    const id = await fresh('new', w.roles.viewer)
    expect((await reply(id, { body: 'No' }, w.roles.viewer)).status).toBe(403)
    expect(await said(id)).toEqual(['x'])
  })

  test('sent twice is one, ten at once too; other words under its key are refused', async () => {
    const id = await fresh()
    const once = uuidv7()
    const answers = await Promise.all(Array.from({ length: 10 }, () => reply(id, { body: 'Once', once })))
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1)
    expect((await reply(id, { body: 'Twice', once })).status).toBe(409)
    expect(await said(id)).toEqual(['x', 'Once'])
  })

  test('under the key of a reply to another ticket is not lost', async () => {
    const [one, other] = [await fresh(), await fresh()]
    const once = uuidv7()
    await reply(one, { body: 'Same words', once })
    const answer = await reply(other, { body: 'Same words', once })
    expect(answer.status).toBe(409)
    expect(await said(other)).toEqual(['x'])
  })

  test('and its ticket are written together or not at all', async () => {
    const id = await fresh()
    await asOwner(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
    )
    await asOwner(
      `create trigger refuse before update of replies on ticket for each row when (new.id = '${id}') execute function refuse()`,
    )
    const once = uuidv7()
    expect((await reply(id, { body: 'Half', once })).status).toBe(500)
    expect(await said(id)).toEqual(['x'])
    await asOwner('drop trigger refuse on ticket')
    expect((await reply(id, { body: 'Half', once })).status).toBe(303) // the key was undone as well
    expect(await said(id)).toEqual(['x', 'Half'])
  })
})

describe('closing and opening again', () => {
  const post = async (path: string, who = w.alice) => (await as(who)).post(path)

  test('sets solved and in progress, each with a line in the history', async () => {
    const id = await fresh()
    expect((await post(paths.ticketClosure(id))).location).toBe(paths.ticket(id))
    expect(await ticket(id)).toMatchObject({ status: 'solved' })
    await post(paths.ticketReopening(id))
    expect(await ticket(id)).toMatchObject({ status: 'in_progress' })
    expect(await events(id)).toMatchObject([
      { data: { from: 'in_progress', to: 'solved' } },
      { data: { from: 'solved', to: 'in_progress' } },
    ])
  })

  test('what is over is not closed again, what is open not opened', async () => {
    const [over, open] = [await fresh('closed'), await fresh('scheduled')]
    expect((await post(paths.ticketClosure(over))).status).toBe(303)
    expect((await post(paths.ticketReopening(open))).status).toBe(303)
    expect([(await ticket(over))?.status, (await ticket(open))?.status]).toEqual(['closed', 'scheduled'])
    expect([await events(over), await events(open)]).toEqual([[], []])
  })

  test('needs the permission', async () => {
    const id = await fresh('new', w.roles.viewer)
    expect((await post(paths.ticketClosure(id), w.roles.viewer)).status).toBe(403)
    expect((await post(paths.ticketReopening(id), w.roles.viewer)).status).toBe(403)
    expect(await ticket(id)).toMatchObject({ status: 'new' })
  })

  test('of many at once writes one line', async () => {
    const id = await fresh()
    await Promise.all(Array.from({ length: 8 }, () => post(paths.ticketClosure(id))))
    expect(await events(id)).toHaveLength(1)
  })
})
