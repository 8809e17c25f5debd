import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { jobs } from '#test/queue.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, asStaff, type Fields, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const fresh = async (confidential = false) =>
  (await seedTicket(w.alice, { subject: 'To serve', body: 'Please help', confidential })).id
const post = async (path: string, fields: Fields, who = w.staff.technician) =>
  (await asStaff(who)).post(path, fields)
const page = async (id: string, query: { write?: string } = {}, who = w.staff.technician) =>
  (await (await asStaff(who)).get(paths.staff.ticket(id, query))).text
const portal = async (id: string, who = w.alice) => (await (await as(who)).get(paths.ticket(id))).text
const row = async (id: string) => (await asOwner('select * from ticket where id = $1', [id]))[0]

describe('a reply', () => {
  test('is read by the client, moves a new ticket, and tells everybody on it', async () => {
    const id = await fresh()
    const answer = await post(paths.staff.ticketReplies(id), { body: 'We look into it' })
    expect(answer.location).toMatch(`${paths.staff.ticket(id)}#m-`)
    expect(await portal(id)).toContain('We look into it')
    expect(await row(id)).toMatchObject({ status: 'in_progress', replies: 1, excerpt_by: 'technicianStaff' })
    const message = answer.location?.split('#m-')[1]
    expect(await jobs('tickets:notify')).toContainEqual({ tenant: w.quayline, message })
  })

  test('sets the status that was chosen, and is sent once however often its button is pressed', async () => {
    const id = await fresh()
    const staff = await asStaff(w.staff.technician)
    const fields = { body: 'Which printer?', next: 'waiting_client', once: randomUUID() }
    const [one, two] = await Promise.all([
      staff.post(paths.staff.ticketReplies(id), fields),
      staff.post(paths.staff.ticketReplies(id), fields),
    ])
    expect(one.location).toBe(two.location)
    expect(await row(id)).toMatchObject({ status: 'waiting_client', replies: 1 })
    const other = await staff.post(paths.staff.ticketReplies(id), { ...fields, body: 'Other' })
    expect(other.status).toBe(409)
  })

  test('without a word comes back with the form', async () => {
    const id = await fresh()
    const answer = await post(paths.staff.ticketReplies(id), { body: '  ' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Write something, or attach a file.')
  })
})

describe('an internal note', () => {
  test('is seen by the desk and nowhere in the portal, and moves nothing that the client sees', async () => {
    const id = await fresh()
    const before = await row(id)
    const mails = (await jobs('tickets:notify')).length
    const file = new File(['secret'], 'note-secret.txt', { type: 'text/plain' })
    await post(paths.staff.ticketNotes(id), { body: 'NOTE-FOR-THE-DESK', next: 'closed', files: file })
    expect(await page(id)).toContain('NOTE-FOR-THE-DESK')
    expect(await row(id)).toEqual(before)
    expect((await jobs('tickets:notify')).length).toBe(mails)
    const [attachment] = await asOwner<{ id: string }>('select id from attachment where ticket_id = $1', [id])
    for (const who of [w.alice, w.roles.admin]) {
      expect(await portal(id, who)).not.toMatch(/NOTE-FOR-THE-DESK|note-secret/)
      const found = await (await as(who)).get(paths.tickets({ q: 'NOTE-FOR-THE-DESK', tab: 'all' }))
      expect(found.text).not.toContain(paths.ticket(id))
      expect((await (await as(who)).get(paths.attachment(attachment?.id ?? ''))).status).toBe(404)
    }
    const kept = await (await asStaff(w.staff.viewer)).get(paths.staff.attachment(attachment?.id ?? ''))
    expect([kept.status, kept.text]).toEqual([200, 'secret'])
    const alien = await (await asStaff(w.harborStaff)).get(paths.staff.attachment(attachment?.id ?? ''))
    expect(alien.status).toBe(404)
  })

  test('has a form of its own, with words that can’t be mistaken', async () => {
    const id = await fresh()
    const [reply, note] = [await page(id), await page(id, { write: 'note' })]
    expect(reply).toContain('Send to Acme')
    expect(reply).not.toContain('Save internal note')
    expect(reply).not.toContain(`action="${paths.staff.ticketNotes(id)}"`)
    expect(note).toContain('Save internal note')
    expect(note).not.toContain('Send to Acme')
    expect(note).not.toContain(`action="${paths.staff.ticketReplies(id)}"`)
    expect(note).toMatch(/class="composer"[^>]* data-internal/)
    expect(await page(w.tickets.alices.id)).toMatch(/data-internal.*SECRET-INTERNAL-NOTE/s)
  })
})

describe('properties', () => {
  test('change, with a line of history that the client can read', async () => {
    const id = await fresh()
    const me = w.staff.technician.id
    await post(paths.staff.ticketChanges(id), { status: 'scheduled', priority: 'high', assignee: me })
    expect(await row(id)).toMatchObject({ status: 'scheduled', priority: 'high', assignee_id: me })
    const seen = await portal(id)
    expect(seen).toContain('technicianStaff set this to Scheduled')
    expect(seen).toContain('technicianStaff set the priority to High')
    expect(seen).toContain('technicianStaff took the ticket')
  })

  test('of a page that is out of date leave alone what a colleague has changed', async () => {
    const id = await fresh()
    await post(paths.staff.ticketChanges(id), { status: 'scheduled', 'was-status': 'new' })
    const stale = { status: 'new', 'was-status': 'new', priority: 'urgent', 'was-priority': 'normal' }
    await post(paths.staff.ticketChanges(id), stale)
    expect(await row(id)).toMatchObject({ status: 'scheduled', priority: 'urgent' })
  })

  test('a confidential type hides the ticket and all of it from colleagues without the right', async () => {
    const { id, file } = await seedTicket(w.alice, { subject: 'Salaries', body: 'x', file: 'pay.txt' })
    expect((await (await as(w.roles.manager)).get(paths.ticket(id))).status).toBe(200)
    const [category] = await asOwner<{ id: string }>(
      'select id from category where tenant_id = $1 and confidential',
      [w.quayline],
    )
    await post(paths.staff.ticketChanges(id), { category: category?.id ?? '' })
    expect((await (await as(w.roles.manager)).get(paths.ticket(id))).status).toBe(404)
    expect((await (await as(w.roles.manager)).get(paths.attachment(file))).status).toBe(404)
    expect((await (await as(w.alice)).get(paths.attachment(file))).status).toBe(200)
    expect(await page(id)).toContain('Confidential: seen by')
    const audit = await asOwner(`select actor_name from audit_event where action = 'ticket.category-changed'`)
    expect(audit).toContainEqual({ actor_name: 'technicianStaff' })
  })

  test('that don’t exist are refused', async () => {
    const id = await fresh()
    const bad: Fields[] = [
      { status: 'x' },
      { priority: 'x' },
      { assignee: w.harborStaff.id },
      { category: w.acme },
    ]
    for (const fields of bad) expect((await post(paths.staff.ticketChanges(id), fields)).status).toBe(422)
    expect((await post(paths.staff.ticketChanges(id), { assignee: w.formerStaff.id })).status).toBe(422)
  })
})

describe('people', () => {
  test('of the company are put on and taken off, and see it as long', async () => {
    const id = await fresh(true)
    expect((await (await as(w.amir)).get(paths.ticket(id))).status).toBe(404)
    await post(paths.staff.ticketParticipants(id), { contact: w.amir.id })
    expect((await (await as(w.amir)).get(paths.ticket(id))).status).toBe(200)
    await post(paths.staff.ticketRemovals(id), { contact: w.amir.id })
    expect((await (await as(w.amir)).get(paths.ticket(id))).status).toBe(404)
    expect(await portal(id)).toContain('technicianStaff removed Amir')
  })

  test('of other companies can’t be, and who asked stays', async () => {
    const id = await fresh()
    for (const contact of [w.bob.id, w.zoe.id, 'x'])
      expect((await post(paths.staff.ticketParticipants(id), { contact })).status).toBe(422)
    expect((await post(paths.staff.ticketRemovals(id), { contact: w.alice.id })).status).toBe(403)
    expect((await row(id))?.visible_to).toEqual([w.alice.id])
  })
})

describe('the door', () => {
  const writes = (id: string) => [
    paths.staff.ticketReplies(id),
    paths.staff.ticketNotes(id),
    paths.staff.ticketChanges(id),
    paths.staff.ticketParticipants(id),
    paths.staff.ticketRemovals(id),
  ]
  const fields = () => ({ body: 'x', status: 'closed', contact: w.amir.id })

  test('lets a viewer read and write nothing', async () => {
    const id = await fresh()
    expect(await page(id, {}, w.staff.viewer)).toContain('Your role can read tickets but not answer them.')
    for (const path of writes(id)) expect((await post(path, fields(), w.staff.viewer)).status).toBe(403)
    expect(await row(id)).toMatchObject({ status: 'new', replies: 0 })
  })

  test('knows no ticket of another tenant', async () => {
    const { id } = w.tickets.zoes
    expect((await (await asStaff(w.staff.administrator)).get(paths.staff.ticket(id))).status).toBe(404)
    for (const path of writes(id))
      expect((await post(path, fields(), w.staff.administrator)).status).toBe(404)
  })
})
