import { beforeAll, expect, test } from 'vitest'
import { grownStale } from '#src/staff-sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { asStaff, type StaffPerson, type World, world } from '#test/world.ts'

let w: World
let at: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  at = await asStaff(w.staff.administrator)
  await asOwner('update staff_member set last_sign_in_at = now() where id = any ($1)', [
    [w.staff.administrator.id, w.harborStaff.id],
  ])
})

const roleOf = async ({ id }: StaffPerson) =>
  (await asOwner<{ role: string }>('select role from staff_member where id = $1', [id]))[0]?.role

test('the list shows everybody of this tenant with role and state', async () => {
  const page = await at.get('/staff/team')
  expect(page.status).toBe(200)
  for (const { name } of [...Object.values(w.staff), w.formerStaff]) expect(page.text).toContain(name)
  expect(page.text.match(/administratorStaff/g)?.length).toBeLessThan(6) // the other tenant's isn't there
  expect(page.text).toContain('Disabled')
  const found = await at.get('/staff/team?q=viewerst')
  expect(found.text).toContain('viewerStaff')
  expect(found.text).not.toContain('technicianStaff')
  expect((await at.get('/staff/team?q=100%25')).text).toContain('Nobody matches')
})

test('only an administrator has it; another tenant’s people aren’t there', async () => {
  for (const role of ['viewer', 'technician', 'manager'] as const) {
    const other = await asStaff(w.staff[role])
    expect((await other.get('/staff/team')).status).toBe(403)
    expect(
      (await other.post('/staff/team', { name: 'x', email: 'x@y.example', role: 'viewer' })).status,
    ).toBe(403)
    expect((await other.post(`/staff/team/${w.staff[role].id}/role`, { role: 'administrator' })).status).toBe(
      403,
    )
  }
  const theirs = `/staff/team/${w.harborStaff.id}`
  expect((await at.get(theirs)).status).toBe(404)
  for (const action of ['role', 'disabling', 'enabling', 'invitation'])
    expect((await at.post(`${theirs}/${action}`, { role: 'viewer' })).status).toBe(404)
})

test('a role holds from the next click, and needs a fresh second factor', async () => {
  const { technician } = w.staff
  const hers = await asStaff(technician)
  expect((await hers.get('/staff/team')).status).toBe(403)
  expect((await at.post(`/staff/team/${technician.id}/role`, { role: 'administrator' })).status).toBe(303)
  expect((await hers.get('/staff/team')).status).toBe(200)
  expect((await at.post(`/staff/team/${technician.id}/role`, { role: 'technician' })).status).toBe(303)
  expect((await hers.get('/staff/team')).status).toBe(403)
  expect((await at.post(`/staff/team/${technician.id}/role`, { role: 'owner' })).status).toBe(422)
  const [row] = await asOwner(
    `select data from audit_event where action = 'team.role-changed' order by id desc limit 1`,
  )
  expect(row).toEqual({ data: { from: 'administrator', to: 'technician' } })
  await grownStale(w.staff.administrator)
  const asked = await at.post(`/staff/team/${technician.id}/role`, { role: 'manager' })
  expect([asked.status, asked.text.includes('Confirm it’s you')]).toEqual([422, true])
  expect(await roleOf(technician)).toBe('technician')
  await asOwner('update staff_session set proved_at = now()')
})

test('disabling ends everything at once; enabling lets in again', async () => {
  const { manager } = w.staff
  const hers = await asStaff(manager)
  expect((await hers.get('/staff/security')).status).toBe(200)
  expect((await at.post(`/staff/team/${manager.id}/disabling`)).status).toBe(303)
  expect((await hers.get('/staff/security')).location).toMatch('/staff/login')
  expect((await at.post(`/staff/team/${manager.id}/invitation`)).status).toBe(404)
  expect((await at.post(`/staff/team/${manager.id}/enabling`)).status).toBe(303)
  // her old session stays over
  expect((await hers.get('/staff/security')).location).toMatch('/staff/login')
  expect((await (await asStaff(manager)).get('/staff/security')).status).toBe(200)
})

test('the last administrator stays one, whoever asks', async () => {
  const { administrator, manager } = w.staff
  for (const [action, fields] of [
    ['role', { role: 'viewer' }],
    ['disabling', {}],
  ] as const) {
    const refused = await at.post(`/staff/team/${administrator.id}/${action}`, fields)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('only administrator')
  }
  expect(await roleOf(administrator)).toBe('administrator')

  // two who demote each other at the same moment: one of them is refused
  await asOwner(`update staff_member set role = 'administrator', last_sign_in_at = now() where id = $1`, [
    manager.id,
  ])
  const other = await asStaff(manager)
  const answers = await Promise.all([
    at.post(`/staff/team/${manager.id}/role`, { role: 'viewer' }),
    other.post(`/staff/team/${administrator.id}/role`, { role: 'viewer' }),
  ])
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  const left = await asOwner(
    `select id from staff_member where tenant_id = $1 and role = 'administrator' and disabled_at is null`,
    [w.quayline],
  )
  expect(left).toHaveLength(1)
  await asOwner(`update staff_member set role = 'administrator' where id = $1`, [administrator.id])
  await asOwner(`update staff_member set role = 'manager' where id = $1`, [manager.id])
})

test('an invitation with mistakes comes back as typed; an address is there once', async () => {
  const send = (changes: Record<string, string>) =>
    at.post('/staff/team', {
      name: 'Otto "O"',
      email: 'otto@msp.example',
      title: '',
      role: 'technician',
      ...changes,
    })
  const mistakes: [Record<string, string>, string][] = [
    [{ name: '' }, 'This is needed.'],
    [{ email: 'nobody' }, 'Enter an e-mail address'],
    [{ role: 'x'.repeat(10_000) }, 'Choose a role.'],
    [{ email: w.staff.viewer.email.toUpperCase() }, ''],
  ]
  for (const [changes, problem] of mistakes.slice(0, 3)) {
    const answer = await send(changes)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(problem)
    if (!('name' in changes)) expect(answer.text).toContain('Otto &quot;O&quot;')
  }
  const sent = await send({})
  expect(sent.status).toBe(303)
  expect((await at.get(sent.location ?? '')).text).toContain('Invited')
  expect((await send({})).text).toContain('on your team already')
  const answers = await Promise.all([1, 2, 3].map(() => send({ email: 'race@msp.example' })))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
})
