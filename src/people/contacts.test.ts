import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { as, asStaff, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const contact = async (id: string) => (await asOwner('select * from contact where id = $1', [id]))[0]

test('a contact is added, changed, archived and taken back', async () => {
  const at = await asStaff(w.staff.technician)
  expect((await at.get(paths.staff.newContact(w.acme))).text).toContain('Add contact')
  const added = await at.post(paths.staff.companyContacts(w.acme), {
    name: 'Iris <b>',
    email: ' Iris@Acme.example',
    title: 'CFO',
  })
  expect(added.status).toBe(303)
  const page = await at.get(added.location ?? '')
  for (const text of ['Iris &lt;b&gt;', 'Iris@Acme.example', 'CFO', 'Not invited'])
    expect(page.text).toContain(text)
  const id = added.location?.split('/').at(-1) ?? ''
  expect(await contact(id)).toMatchObject({
    email_key: 'iris@acme.example',
    company_id: w.acme,
    role_id: null,
  })
  await at.post(paths.staff.contact(id), { name: 'Iris', email: 'iris@acme.example', phone: '+1 206' })
  expect(await contact(id)).toMatchObject({ name: 'Iris', phone: '+1 206', title: null })
  await at.post(paths.staff.contactArchiving(id))
  expect((await at.get(paths.staff.company(w.acme))).text).not.toContain('Iris')
  expect((await at.get(paths.staff.company(w.acme, { show: 'archived' }))).text).toContain('Iris')
  const again = await at.post(paths.staff.companyContacts(w.acme), {
    name: 'Iris',
    email: 'IRIS@acme.example',
  })
  expect([again.status, again.text.includes('archived at this company, has this address')]).toEqual([
    422,
    true,
  ])
  await at.post(paths.staff.contactRestoring(id))
  expect((await at.get(paths.staff.company(w.acme))).text).toContain('Iris')
  const log = await asOwner('select action from audit_event where object_id = $1 order by id', [id])
  expect(log.map((row) => row.action)).toEqual([
    'contact.added',
    'contact.changed',
    'contact.archived',
    'contact.restored',
  ])
})

test('an address belongs to one contact of a company, and may be at another company too', async () => {
  const at = await asStaff(w.staff.technician)
  const taken = await at.post(paths.staff.companyContacts(w.acme), {
    name: 'Other',
    email: 'ALICE@acme.example',
  })
  expect(taken.status).toBe(422)
  expect(taken.text).toContain('Alice at this company has this address.')
  expect(taken.text).toContain('value="ALICE@acme.example"')
  expect(
    (await at.post(paths.staff.companyContacts(w.bolt), { name: 'A', email: 'alice@acme.example' })).status,
  ).toBe(303)
  const bad = await at.post(paths.staff.companyContacts(w.acme), {
    name: '',
    email: 'nobody',
    phone: '1'.repeat(51),
  })
  expect(bad.status).toBe(422)
  expect(bad.text).toContain('Check these 3 fields')
})

test("a portal user's address is changed by those who manage portal users, and ends her sessions", async () => {
  const alice = await as(w.alice)
  expect((await alice.get('/portal')).status).toBe(200)
  const fields = { name: 'Alice', email: 'mine@msp.example' }
  const technician = await asStaff(w.staff.technician)
  const refused = await technician.post(paths.staff.contact(w.alice.id), fields)
  expect([refused.status, (await contact(w.alice.id))?.email]).toEqual([422, w.alice.email])
  expect(
    (await technician.post(paths.staff.contact(w.alice.id), { name: 'Alice', email: w.alice.email })).status,
  ).toBe(303)
  expect((await alice.get('/portal')).status).toBe(200)
  const manager = await asStaff(w.staff.manager)
  expect((await manager.post(paths.staff.contact(w.alice.id), { name: 'Alice', email: '' })).status).toBe(422)
  await manager.post(paths.staff.contact(w.alice.id), { name: 'Alice', email: 'alice.b@acme.example' })
  expect((await alice.get('/portal')).location).toMatch('/portal/login')
})

test('archiving ends the session; the last who manages people stays', async () => {
  const amir = await as(w.amir)
  expect((await amir.get('/portal')).status).toBe(200)
  const at = await asStaff(w.staff.technician)
  await at.post(paths.staff.contactArchiving(w.amir.id))
  expect((await amir.get('/portal')).location).toMatch('/portal/login')
  const refused = await at.post(paths.staff.contactArchiving(w.bob.id))
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('nobody else at Bolt can manage people')
  expect(await contact(w.bob.id)).toMatchObject({ archived_at: null })
})

test("another tenant's contact is not there, and a viewer changes nothing", async () => {
  const [at, viewer] = [await asStaff(w.staff.administrator), await asStaff(w.staff.viewer)]
  for (const path of [paths.staff.contact, paths.staff.contactEdit]) {
    expect((await at.get(path(w.zoe.id))).status).toBe(404)
    expect((await viewer.get(path(w.alice.id))).status).toBe(200)
  }
  const fields = { name: 'Mine', email: 'mine@msp.example' }
  for (const path of [paths.staff.contact, paths.staff.contactArchiving, paths.staff.contactRestoring]) {
    expect((await at.post(path(w.zoe.id), fields)).status).toBe(404)
    expect((await viewer.post(path(w.alice.id), fields)).status).toBe(403)
  }
  expect((await at.get(paths.staff.newContact(w.acmeAtHarbor))).status).toBe(404)
  expect((await at.post(paths.staff.companyContacts(w.acmeAtHarbor), fields)).status).toBe(404)
  expect((await viewer.post(paths.staff.companyContacts(w.acme), fields)).status).toBe(403)
  expect(await contact(w.zoe.id)).toMatchObject({ name: 'Zoe', archived_at: null })
})
