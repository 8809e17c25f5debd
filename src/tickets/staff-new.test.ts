import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { beforeAll, describe, expect, test } from 'vitest'
import { aRun } from '#src/jobs/test-ground.ts'
import { paths } from '#src/paths.ts'
import { notify } from '#src/tickets/notify.ts'
import { asOwner } from '#test/database.ts'
import { as, asStaff, type Fields, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await asOwner('update staff_member set invited_at = now()')
})

const run = aRun(pino({ level: 'silent' }))
const fields = (more: Fields = {}): Fields => ({
  company: w.acme,
  for: w.alice.id,
  subject: 'Called about the scanner',
  body: 'It scans blank pages',
  priority: 'high',
  assignee: w.staff.technician.id,
  once: randomUUID(),
  ...more,
})
const post = async (given: Fields, who = w.staff.technician) =>
  (await asStaff(who)).post(paths.staff.tickets(), given)
const get = async (path: string, who = w.staff.technician) => (await asStaff(who)).get(path)
const mailsOf = async (message: string) => {
  await notify.perform({ tenant: w.quayline, message }, run)
  const rows = await asOwner<{ kind: string; recipient: string }>(
    `select kind, recipient from mail where data->>'message' = $1 order by 1, 2`,
    [message],
  )
  return rows.map(({ kind, recipient }) => `${kind} ${recipient}`)
}
const firstMessage = async (id: string) =>
  (await asOwner<{ id: string }>('select id from ticket_message where ticket_id = $1', [id]))[0]?.id ?? ''

describe('a ticket for a caller', () => {
  test('finds who calls by name, address or company, in this tenant alone', async () => {
    const found = (await get(paths.staff.newTicket({ q: 'ali' }))).text
    expect(found).toContain(
      paths.staff.newTicket({ company: w.acme, contact: w.alice.id }).replace('&', '&amp;'),
    )
    expect(found).not.toContain(w.zoe.id)
    expect((await get(paths.staff.newTicket({ q: 'bob@' }))).text).toContain(w.bob.id)
    expect((await get(paths.staff.newTicket({ q: 'acm' }))).text).toContain(`company=${w.acme}`)
    expect((await get(paths.staff.newTicket({ q: '%' }))).text).toContain('Nobody found')
    expect((await get(paths.staff.newTicket({ company: w.acmeAtHarbor }))).status).toBe(404)
    expect((await get(paths.staff.newTicket({ company: 'x' }))).status).toBe(404)
  })

  test('is hers from the start: she reads it, gets a mail and can answer', async () => {
    const form = fields()
    const [one, two] = [await post(form), await post(form)]
    expect(two.location).toBe(one.location)
    const id = one.location?.split('/').at(-1) ?? ''
    const alice = await as(w.alice)
    expect((await alice.get(paths.ticket(id))).text).toContain('It scans blank pages')
    expect((await (await as(w.amir)).get(paths.ticket(id))).status).toBe(404)
    expect((await alice.post(paths.ticketReplies(id), { body: 'Thanks' })).status).toBe(303)
    const rows = await asOwner('select via, priority, assignee_id from ticket where id = $1', [id])
    expect(rows[0]).toEqual({ via: 'staff', priority: 'high', assignee_id: w.staff.technician.id })
    expect(await mailsOf(await firstMessage(id))).toContain('ticket-message alice@acme.example')
  })

  test('comes back with what is wrong: nobody chosen, a stranger, no subject', async () => {
    for (const wrong of ['', w.bob.id, w.zoe.id]) {
      const answer = await post(fields({ for: wrong, body: 'KEPT-TEXT' }))
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('KEPT-TEXT')
    }
    expect((await post(fields({ subject: ' ' }))).status).toBe(422)
    expect((await post(fields({ assignee: w.harborStaff.id }))).status).toBe(422)
    expect((await post(fields({ company: w.acmeAtHarbor }))).status).toBe(404)
    expect((await post(fields({ company: w.bolt }))).status).toBe(422)
  })

  test('is nothing that a viewer opens', async () => {
    expect((await post(fields(), w.staff.viewer)).status).toBe(403)
    expect((await get(paths.staff.newTicket(), w.staff.viewer)).status).toBe(403)
  })
})

describe('mails to the desk', () => {
  test('go to those who asked for them, and never to who wrote', async () => {
    const set = (who: string, mails: string) =>
      asOwner('update staff_member set mails = $2 where id = $1', [who, mails])
    await set(w.staff.manager.id, 'all')
    await set(w.staff.administrator.id, 'own')
    await set(w.staff.viewer.id, 'none')
    await asOwner(`update staff_member set mails = 'all' where id = $1`, [w.formerStaff.id])
    const id = (await post(fields())).location?.split('/').at(-1) ?? ''
    expect(await mailsOf(await firstMessage(id))).toEqual([
      'desk-message managerstaff@msp.example',
      'ticket-message alice@acme.example',
    ])
    const alice = await as(w.alice)
    const say = async () =>
      (await alice.post(paths.ticketReplies(id), { body: 'x' })).location?.split('#m-')[1] ?? ''
    expect(await mailsOf(await say())).toEqual([
      'desk-message managerstaff@msp.example',
      'desk-message technicianstaff@msp.example',
    ])
    await asOwner('update ticket set assignee_id = null where id = $1', [id])
    expect(await mailsOf(await say())).toEqual([
      'desk-message administratorstaff@msp.example',
      'desk-message managerstaff@msp.example',
      'desk-message technicianstaff@msp.example',
    ])
    const answer = await (await asStaff(w.staff.technician)).post(paths.staff.ticketReplies(id), {
      body: 'Done',
    })
    expect(await mailsOf(answer.location?.split('#m-')[1] ?? '')).toEqual([
      'ticket-message alice@acme.example',
    ])
    const note = await (await asStaff(w.staff.technician)).post(paths.staff.ticketNotes(id), { body: 'Hm' })
    expect(await mailsOf(note.location?.split('#m-')[1] ?? '')).toEqual([])
  })
})
