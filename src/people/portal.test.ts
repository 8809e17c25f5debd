import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { wordsOf } from '#test/pages.ts'
import { jobs } from '#test/queue.ts'
import { as, browser, giveRole, type Person, sessionOf, type World, world } from '#test/world.ts'

let w: World
let role: Record<string, string>
beforeAll(async () => {
  w = await world()
  await asOwner(`update role set assignable = true where preset in ('viewer', 'user', 'approver')`)
  const rows = await asOwner<{ preset: string; id: string }>(
    'select preset, id from role where tenant_id = $1',
    [w.quayline],
  )
  role = Object.fromEntries(rows.map((row) => [row.preset, row.id]))
})
beforeEach(async () => {
  await asOwner('update contact set disabled_at = null where id <> $1', [w.disabled.id])
  await giveRole(w.alice, 'user')
  await giveRole(w.roles.admin, 'admin')
})

const contactOf = async (id: string) => (await asOwner('select * from contact where id = $1', [id]))[0]
const invitation = (more: Record<string, string> = {}) => ({
  name: 'Iris <b>',
  email: ' Iris@Acme.example ',
  jobTitle: 'CFO',
  role: role.user ?? '',
  ...more,
})

test('lists her own company’s people and nobody else’s, for who may see it', async () => {
  const page = await (await as(w.roles.admin)).get(paths.people())
  expect(page.status).toBe(200)
  const words = wordsOf(page)
  for (const name of ['Alice', 'Amir', 'Dan', 'Nora']) expect(words).toContain(name)
  for (const name of ['Bob', 'Zoe']) expect(words).not.toContain(name)
  expect(words).toContain('Disabled')
  expect((await (await as(w.alice)).get(paths.people())).status).toBe(403)
  expect((await (await as(w.alice)).get(paths.home())).text).not.toContain(paths.people())
  const found = wordsOf(await (await as(w.roles.admin)).get(paths.people({ q: 'amir@' })))
  expect([found.includes('Amir'), found.includes('Nora')]).toEqual([true, false])
  expect(wordsOf(await (await as(w.roles.admin)).get(paths.people({ q: 'nobody%' })))).toContain(
    'Nobody matches',
  )
})

test('each person’s page is there for her colleagues alone', async () => {
  const admin = await as(w.roles.admin)
  expect((await admin.get(paths.colleague(w.alice.id))).text).toContain('Alice title')
  for (const id of [w.bob.id, w.zoe.id]) {
    expect((await admin.get(paths.colleague(id))).status).toBe(404)
    expect((await admin.post(paths.colleagueRole(id), { role: role.user ?? '' })).status).toBe(404)
    expect((await admin.post(paths.colleagueDisabling(id))).status).toBe(404)
  }
})

describe('an invitation', () => {
  test('makes a contact with that role and leaves word for the mail', async () => {
    const admin = await as(w.roles.admin)
    const sent = await admin.post(paths.people(), invitation())
    expect(sent.status).toBe(303)
    const id = sent.location?.split('/').pop() ?? ''
    const made = await contactOf(id)
    expect(made).toMatchObject({
      company_id: w.acme,
      tenant_id: w.quayline,
      name: 'Iris <b>',
      email: 'Iris@Acme.example',
      email_key: 'iris@acme.example',
      role_id: role.user,
    })
    expect(await jobs('people:invite')).toEqual([{ tenant: w.quayline, invitations: [made?.invitation_id] }])
    expect((await admin.get(sent.location ?? '')).text).toContain('Iris &lt;b&gt;')
    const [row] = await asOwner(
      `select actor_id, company_id, data from audit_event where action = 'contact.invited'`,
    )
    expect(row).toMatchObject({ actor_id: w.roles.admin.id, company_id: w.acme, data: { role: 'User' } })
    const again = await admin.post(paths.people(), invitation({ email: 'IRIS@acme.example' }))
    expect([again.status, again.text.includes('at your company has this address')]).toEqual([422, true])
  })

  test('goes to somebody whom the company has already, and once more on request', async () => {
    const admin = await as(w.roles.admin)
    const page = await admin.get(paths.colleague(w.uninvited.id))
    expect(wordsOf(page)).toContain('Invite this colleague')
    const at = (fields: Record<string, string>) =>
      admin.post(paths.colleagueInvitation(w.uninvited.id), fields)
    expect((await at({ role: role.admin ?? '' })).status).toBe(422)
    expect((await at({ role: role.user ?? '' })).status).toBe(303)
    const first = await contactOf(w.uninvited.id)
    expect(first?.role_id).toBe(role.user)
    expect((await at({ role: role.admin ?? '' })).status).toBe(303)
    const second = await contactOf(w.uninvited.id)
    expect([second?.role_id, second?.invitation_id === first?.invitation_id]).toEqual([role.user, false])
    await asOwner('update contact set last_sign_in_at = now() where id = $1', [w.uninvited.id])
    expect((await at({})).status).toBe(422)
    await asOwner('update contact set role_id = null, last_sign_in_at = null where id = $1', [w.uninvited.id])
    for (const id of [w.bob.id, w.zoe.id])
      expect((await admin.post(paths.colleagueInvitation(id), { role: role.user ?? '' })).status).toBe(404)
    expect((await admin.post(paths.colleagueInvitation(w.roles.admin.id))).status).toBe(403)
  })

  test('gives no role that isn’t assignable, or that opens more than hers, or that the company may not hold', async () => {
    const admin = await as(w.roles.admin)
    const form = await admin.get(paths.newColleague())
    for (const preset of ['viewer', 'user', 'approver']) expect(form.text).toContain(role[preset])
    for (const preset of ['manager', 'admin', 'accounting']) {
      expect(form.text).not.toContain(role[preset])
      const refused = await admin.post(
        paths.people(),
        invitation({ email: 'x@acme.example', role: role[preset] ?? '' }),
      )
      expect([preset, refused.status]).toEqual([preset, 422])
      expect(refused.text).toContain('value="x@acme.example"')
    }
    await asOwner(
      `insert into role (tenant_id, id, name, permissions) values ($1, gen_random_uuid(), 'Doorkeeper', '{people:view,people:manage,tickets:view,knowledge:view,profile:edit}')`,
      [w.quayline],
    )
    await asOwner(
      `update contact set role_id = (select id from role where name = 'Doorkeeper') where id = $1`,
      [w.roles.admin.id],
    )
    const narrow = await admin.get(paths.newColleague())
    expect([narrow.text.includes(role.viewer ?? '?'), narrow.text.includes(role.user ?? '?')]).toEqual([
      true,
      false,
    ])
    expect((await admin.post(paths.people(), invitation({ email: 'y@acme.example' }))).status).toBe(422)
    await giveRole(w.roles.admin, 'admin')
    await asOwner('insert into company_role (tenant_id, company_id, role_id) values ($1, $2, $3)', [
      w.quayline,
      w.acme,
      role.viewer,
    ])
    expect((await admin.post(paths.people(), invitation({ email: 'z@acme.example' }))).status).toBe(422)
    await asOwner('delete from company_role')
    expect(
      await asOwner(
        `select id from contact where email_key in ('x@acme.example', 'y@acme.example', 'z@acme.example')`,
      ),
    ).toEqual([])
  })

  test('names what is wrong, field by field', async () => {
    const admin = await as(w.roles.admin)
    const bad = await admin.post(paths.people(), {
      name: '',
      email: 'nobody',
      jobTitle: 'x'.repeat(201),
      role: 'x',
    })
    expect([bad.status, bad.text.includes('Check these 4 fields')]).toEqual([422, true])
    expect((await admin.post(paths.people(), invitation({ email: w.alice.email }))).text).toContain(
      'Alice at your company',
    )
    const alice = await as(w.alice)
    expect((await alice.post(paths.people(), invitation({ email: 'a@acme.example' }))).status).toBe(403)
  })
})

describe('a role', () => {
  const roleOf = async (who: Person) => (await contactOf(who.id))?.role_id

  test('is changed from the very next click', async () => {
    const admin = await as(w.roles.admin)
    const alice = await as(w.alice)
    expect((await alice.get(paths.newTicket())).status).toBe(200)
    expect((await admin.post(paths.colleagueRole(w.alice.id), { role: role.viewer ?? '' })).status).toBe(303)
    expect((await alice.get(paths.newTicket())).status).toBe(403)
    const [row] = await asOwner(`select data from audit_event where action = 'contact.role-changed'`)
    expect(row?.data).toEqual({ before: { role: 'User' }, after: { role: 'Viewer' } })
  })

  test('never her own, never of who holds more, never one above herself', async () => {
    const admin = await as(w.roles.admin)
    for (const path of [paths.colleagueRole, paths.colleagueDisabling])
      expect((await admin.post(path(w.roles.admin.id), { role: role.user ?? '' })).status).toBe(403)
    expect((await admin.post(paths.colleagueRole(w.alice.id), { role: role.admin ?? '' })).status).toBe(422)
    await asOwner(
      `update contact set role_id = (select id from role where name = 'Doorkeeper') where id = $1`,
      [w.alice.id],
    )
    const alice = await as(w.alice)
    const page = await alice.get(paths.colleague(w.amir.id))
    expect([page.status, page.text.includes('name="role"')]).toEqual([200, false])
    for (const path of [paths.colleagueRole, paths.colleagueDisabling])
      for (const who of [w.amir, w.roles.admin])
        expect((await alice.post(path(who.id), { role: role.viewer ?? '' })).status).toBe(403)
    expect(await roleOf(w.amir)).toBe(role.user)
    expect(
      (await alice.post(paths.colleagueRole(w.roles.viewer.id), { role: role.viewer ?? '' })).status,
    ).toBe(303)
  })

  test('two administrators can’t take it from each other at once', async () => {
    await giveRole(w.amir, 'admin')
    await asOwner(`update role set assignable = true where id = $1`, [role.user])
    const [admin, amir] = [await as(w.roles.admin), await as(w.amir)]
    const answers = await Promise.all([
      admin.post(paths.colleagueRole(w.amir.id), { role: role.user ?? '' }),
      amir.post(paths.colleagueRole(w.roles.admin.id), { role: role.user ?? '' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 403])
    await giveRole(w.amir, 'user')
  })
})

test('a leaver is out at once, and her session doesn’t come back with her', async () => {
  const token = await sessionOf(w.amir)
  const amir = browser(`portal=${token}`, token)
  expect((await amir.get(paths.home())).status).toBe(200)
  const admin = await as(w.roles.admin)
  expect((await admin.post(paths.colleagueDisabling(w.amir.id))).status).toBe(303)
  expect((await amir.get(paths.home())).location).toMatch('/portal/login')
  expect((await admin.get(paths.colleague(w.amir.id))).text).toContain('Disabled')
  await asOwner('update contact set disabled_at = null where id = $1', [w.amir.id])
  expect((await amir.get(paths.home())).location).toMatch('/portal/login')
  const rows = await asOwner(`select object_id from audit_event where action = 'contact.disabled'`)
  expect(rows).toEqual([{ object_id: w.amir.id }])
})
