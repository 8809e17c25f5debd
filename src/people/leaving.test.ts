import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { as, asStaff, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const ticket = async (id: string) => (await asOwner('select * from ticket where id = $1', [id]))[0]

test('a leaver: what he holds, to whom it goes, done at once', async () => {
  const { amir, alice } = w
  const { amirs, confidential, alices } = w.tickets
  const his = await as(amir)
  const hers = await as(alice)
  // he is on a ticket of hers as well
  await hers.post(paths.ticketParticipants(alices.id), { contact: amir.id })
  expect((await hers.get(paths.ticket(amirs.id))).status).toBe(404)

  const at = await asStaff(w.staff.manager)
  const preview = await at.get(paths.staff.contactLeaving(amir.id))
  for (const text of ['Amir laptop', 'Amir confidential', 'Alice printer', 'One open session'])
    expect(preview.text).toContain(text)
  expect(preview.text).not.toContain('Bob')

  const unchosen = await at.post(paths.staff.contactLeaving(amir.id), { to: w.bob.id })
  expect(unchosen.status).toBe(422)
  expect((await his.get('/portal')).status).toBe(200)

  const done = await at.post(paths.staff.contactLeaving(amir.id), { to: alice.id })
  expect(done.status).toBe(303)
  expect((await his.get('/portal')).location).toMatch('/portal/login')
  for (const id of [amirs.id, confidential.id]) {
    expect(await ticket(id)).toMatchObject({ requester_id: alice.id, visible_to: [alice.id] })
    expect((await hers.get(paths.ticket(id))).status).toBe(200)
  }
  expect(await ticket(alices.id)).toMatchObject({ visible_to: [alice.id] })
  const people = await asOwner('select contact_id from ticket_participant where ticket_id = any ($1)', [
    [amirs.id, confidential.id, alices.id],
  ])
  expect(people.map((row) => row.contact_id)).toEqual([alice.id, alice.id, alice.id])
  const copies = await asOwner('select distinct visible_to from ticket_message where ticket_id = $1', [
    amirs.id,
  ])
  expect(copies).toEqual([{ visible_to: [alice.id] }])
  const [row] = await asOwner('select archived_at, disabled_at from contact where id = $1', [amir.id])
  expect([row?.archived_at, row?.disabled_at].every(Boolean)).toBe(true)
  const [log] = await asOwner(`select data from audit_event where action = 'contact.left'`)
  expect(log?.data).toMatchObject({ sessions: 1, to: { name: 'Alice' } })
  expect((await at.get(paths.staff.contactLeaving(amir.id))).status).toBe(404)
})

test('the last who manages people does not leave others behind; strangers and viewers do nothing', async () => {
  const at = await asStaff(w.staff.manager)
  const refused = await at.post(paths.staff.contactLeaving(w.bob.id), { to: w.samAtBolt.id })
  expect([refused.status, refused.text.includes('nobody else at Bolt')]).toEqual([422, true])
  expect(await ticket(w.tickets.bobs.id)).toMatchObject({ requester_id: w.bob.id })
  expect((await at.get(paths.staff.contactLeaving(w.zoe.id))).status).toBe(404)
  expect((await at.post(paths.staff.contactLeaving(w.zoe.id), { to: 'nobody' })).status).toBe(404)
  const viewer = await asStaff(w.staff.viewer)
  expect((await viewer.post(paths.staff.contactLeaving(w.alice.id), { to: 'nobody' })).status).toBe(403)
  const technician = await asStaff(w.staff.technician)
  expect((await technician.get(paths.staff.contactLeaving(w.alice.id))).status).toBe(403)
})
