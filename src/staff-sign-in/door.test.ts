import { beforeAll, expect, test } from 'vitest'
import { asOwner } from '#test/database.ts'
import { asStaff, send, stranger, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

test('a stranger is sent to sign in, and back to where she was going', async () => {
  const answer = await stranger.get('/staff/tickets?q=a')
  expect([answer.status, answer.location]).toEqual([303, '/staff/login?next=%2Fstaff%2Ftickets%3Fq%3Da'])
  expect((await stranger.post('/staff/logout')).location).toBe('/staff/login')
})

test('a session opens it, until it idles, ends or its person is disabled', async () => {
  const { technician } = w.staff
  const at = await asStaff(technician)
  const status = async () => (await at.get('/staff')).location
  expect(await status()).toBe('/staff/tickets')
  await asOwner(`update staff_session set last_seen_at = now() - interval '31 minutes'`)
  expect(await status()).toBe('/staff/login')
  await asOwner(`update staff_session set last_seen_at = now()`)
  expect(await status()).toBe('/staff/tickets')
  await asOwner('update staff_member set disabled_at = now() where id = $1', [technician.id])
  expect(await status()).toBe('/staff/login')
  await asOwner('update staff_member set disabled_at = null where id = $1', [technician.id])
  await asOwner(`update staff_session set ended_at = now()`)
  expect(await status()).toBe('/staff/login')
})

test('a contact is a stranger there, and so is staff in the portal', async () => {
  const cookie = (await asStaff(w.staff.administrator)) && 'staff=nonsense; portal=nonsense'
  expect((await send('/staff', { headers: { cookie } })).location).toBe('/staff/login')
  const at = await asStaff(w.staff.administrator)
  expect((await at.get('/portal')).location).toMatch('/portal/login')
})

test("a tenant's own host has no staff app", async () => {
  await asOwner(`insert into tenant_host (tenant_id, host) values ($1, 'help.quayline.example')`, [
    w.quayline,
  ])
  const answer = await send('/staff/tickets', { headers: { host: 'help.quayline.example' } })
  expect(answer.status).toBe(404)
})
