import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { PERMISSIONS } from '#src/permissions.ts'
import { asOwner } from '#test/database.ts'
import { as, asStaff, type World, world } from '#test/world.ts'

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  admin = await asStaff(w.staff.administrator)
})

const said = (text: string) => text.replaceAll('&#39;', "'").replaceAll('&amp;', '&')
const roleNamed = async (name: string) =>
  (await asOwner('select * from role where tenant_id = $1 and name = $2', [w.quayline, name]))[0]
const idOf = async (name: string) => String((await roleNamed(name))?.id ?? '')
const add = async (name: string, permission: string[]) => {
  const made = await admin.post(paths.staff.roles(), { name, permission })
  expect(made.status).toBe(303)
  return idOf(name)
}

test('the matrix says in words what every permission opens, for every role', async () => {
  const page = await admin.get(paths.staff.roles())
  expect(page.status).toBe(200)
  for (const role of ['Viewer', 'User', 'Approver', 'Accounting', 'Manager', 'Admin'])
    expect(page.text).toContain(`>${role}</a>`)
  expect(page.text.match(/scope="row"/g)).toHaveLength(PERMISSIONS.length)
  expect(page.text).not.toContain('roles.permission')
  const admins = await admin.get(paths.staff.role(await idOf('Admin')))
  expect(admins.text.match(/name="permission"/g)).toHaveLength(PERMISSIONS.length)
  expect(admins.text).not.toContain('roles.opens')
})

test('a role of one’s own is made, given, changed for the next click, and deleted when nobody holds it', async () => {
  const id = await add('Front desk', ['tickets:view', 'tickets:create', 'made:up'])
  expect((await roleNamed('Front desk'))?.permissions).toEqual(['tickets:view', 'tickets:create'])
  await admin.post(paths.staff.contactRole(w.alice.id), { role: id })
  const alice = await as(w.alice)
  expect((await alice.get(paths.newTicket())).status).toBe(200)
  await admin.post(paths.staff.role(id), {
    name: 'Front desk',
    permission: 'tickets:view',
    assignable: 'yes',
  })
  expect((await alice.get(paths.newTicket())).status).toBe(403)
  expect(await roleNamed('Front desk')).toMatchObject({ assignable: true })
  const held = await admin.post(paths.staff.roleDeletion(id))
  expect([held.status, held.text.includes('Not deleted: Alice (Acme) holds this role.')]).toEqual([422, true])
  await admin.post(paths.staff.contactRole(w.alice.id), { role: await idOf('User') })
  expect((await admin.post(paths.staff.roleDeletion(id))).status).toBe(303)
  expect(await roleNamed('Front desk')).toBeUndefined()
  const log = await asOwner('select action from audit_event where object_id = $1 order by id', [id])
  expect(log.map((row) => row.action)).toEqual(['role.added', 'role.changed', 'role.removed'])
})

test('names that are missing, taken or endless come back', async () => {
  for (const [name, words] of [
    ['', 'This is needed.'],
    ['  uSER ', 'A role is called User already.'],
    ['x'.repeat(10_000), 'characters too long (at most 60)'],
  ] as const) {
    const answer = await admin.post(paths.staff.roles(), { name, permission: 'tickets:view' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(words)
    expect(answer.text).toMatch(/value="tickets:view" checked/)
  }
})

test('presets are fixed but for who may give them', async () => {
  const id = await idOf('Viewer')
  await admin.post(paths.staff.role(id), { name: 'Mine', permission: 'people:manage' })
  expect(await roleNamed('Viewer')).toMatchObject({ preset: 'viewer', assignable: false, permissions: [] })
  expect((await admin.post(paths.staff.roleDeletion(id))).status).toBe(403)
})

test('the default for new users is one role, which stays', async () => {
  const id = await add('Reader', ['tickets:view'])
  await admin.post(paths.staff.roleDefault(id))
  const rows = await asOwner('select name from role where tenant_id = $1 and by_default', [w.quayline])
  expect(rows).toEqual([{ name: 'Reader' }])
  await admin.post(paths.staff.contactInvitation(w.uninvited.id))
  const [nora] = await asOwner('select role_id from contact where id = $1', [w.uninvited.id])
  expect(nora?.role_id).toBe(id)
  expect((await admin.post(paths.staff.roleDeletion(id))).status).toBe(422)
  await admin.post(paths.staff.roleDefault(await idOf('User')))
})

test('a role change does not take the right to manage people from the last one at a company', async () => {
  const id = await add('Lead', ['tickets:view', 'people:manage', 'people:view'])
  await admin.post(paths.staff.contactRole(w.bob.id), { role: id })
  const refused = await admin.post(paths.staff.role(id), { name: 'Lead', permission: 'tickets:view' })
  expect([refused.status, said(refused.text).includes('nobody else at Bolt can manage people')]).toEqual([
    422,
    true,
  ])
  expect((await roleNamed('Lead'))?.permissions).toContain('people:manage')
  await admin.post(paths.staff.contactRole(w.bob.id), { role: await idOf('Admin') })
  expect((await admin.post(paths.staff.role(id), { name: 'Lead', permission: 'tickets:view' })).status).toBe(
    303,
  )
})

test('a company is narrowed to some roles, and holds no other', async () => {
  const [user, boss] = [await idOf('User'), await idOf('Admin')]
  const held = await admin.post(paths.staff.companyRoles(w.bolt), { role: boss })
  expect([held.status, held.text.includes('Sam (User) would hold')]).toEqual([422, true])
  expect((await admin.post(paths.staff.companyRoles(w.bolt), {})).status).toBe(422)
  expect((await admin.post(paths.staff.companyRoles(w.bolt), { role: [user, boss] })).status).toBe(303)
  const given = await admin.post(paths.staff.contactRole(w.samAtBolt.id), { role: await idOf('Manager') })
  expect(given.status).toBe(422)
  expect((await admin.get(paths.staff.contact(w.samAtBolt.id))).text).not.toContain('>Manager<')
  expect(
    (await admin.post(paths.staff.contactRole(w.samAtAcme.id), { role: await idOf('Manager') })).status,
  ).toBe(303)
  const all = (await asOwner('select id from role where tenant_id = $1', [w.quayline])).map((row) =>
    String(row.id),
  )
  await admin.post(paths.staff.companyRoles(w.bolt), { role: all })
  expect(await asOwner('select 1 from company_role')).toEqual([])
})

test('writes ask for a fresh second factor', async () => {
  await asOwner(`update staff_session set proved_at = now() - interval '10 minutes'`)
  const asked = await admin.post(paths.staff.roles(), { name: 'Later', permission: 'tickets:view' })
  expect(asked.status).toBe(422)
  expect(await roleNamed('Later')).toBeUndefined()
  expect((await admin.get(paths.staff.roles())).status).toBe(200)
  await asOwner('update staff_session set proved_at = now()')
})

test("another tenant's roles are not there, and others may not", async () => {
  const [theirs] = await asOwner('select id from role where tenant_id = $1 and preset is not null limit 1', [
    w.harbor,
  ])
  const id = String(theirs?.id)
  const manager = await asStaff(w.staff.manager)
  const viewer = await asStaff(w.staff.viewer)
  expect((await admin.get(paths.staff.role(id))).status).toBe(404)
  for (const path of [paths.staff.role, paths.staff.roleDeletion, paths.staff.roleDefault]) {
    expect((await admin.post(path(id))).status).toBe(404)
    expect((await manager.post(path(id))).status).toBe(403)
    expect((await viewer.post(path(id))).status).toBe(403)
  }
  expect((await manager.get(paths.staff.roles())).status).toBe(403)
  expect((await admin.get(paths.staff.companyRoles(w.acmeAtHarbor))).status).toBe(404)
  expect((await admin.post(paths.staff.companyRoles(w.acmeAtHarbor), { role: id })).status).toBe(404)
  // a role of another tenant is no role
  expect((await admin.post(paths.staff.contactRole(w.alice.id), { role: id })).status).toBe(422)
})
