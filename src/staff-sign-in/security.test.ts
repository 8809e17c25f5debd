import { beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { authenticator, enrolled, grownStale, withPassword } from '#src/staff-sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { asStaff, type World, world } from '#test/world.ts'

const PASSWORD = 'tin whistle over the quarry'
const NEXT = 'a quite different brass band'
let w: World
beforeAll(async () => {
  w = await world()
  await withPassword(w.staff.viewer, await hashPassword(PASSWORD))
})

const passkeyOf = (tenant: string, staff: string, name: string) =>
  asOwner<{ id: string }>(
    `insert into staff_passkey (tenant_id, id, staff_id, credential_id, public_key, name)
      values ($1, gen_random_uuid(), $2, convert_to($3, 'UTF8'), 'x', $3) returning id`,
    [tenant, staff, name],
  ).then(([row]) => row?.id ?? '')

test('everybody has it, a viewer too, without any secret on it', async () => {
  for (const who of Object.values(w.staff)) {
    const page = await (await asStaff(who)).get('/staff/security')
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('argon2id')
  }
})

test('another authenticator takes the place of the one before, with new recovery codes', async () => {
  const { technician } = w.staff
  const before = await enrolled(technician)
  const at = await asStaff(technician)
  const page = await at.get('/staff/security/authenticator')
  const secret = /<strong class="mono[^>]*>([^<]+)</.exec(page.text)?.[1] ?? ''
  const sealed = /name="secret" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  expect(sealed).not.toContain(secret.replaceAll(' ', ''))
  const wrong = await at.post('/staff/security/authenticator', { secret: sealed, code: '000000' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain(secret)
  expect((await at.post('/staff/security/authenticator', { secret: 'AAAA', code: '000000' })).status).toBe(
    422,
  )
  const done = await at.post('/staff/security/authenticator', {
    secret: sealed,
    code: authenticator(secret).code(),
  })
  const codes = done.text.match(/(?<=<li>)[a-z2-9]{5}-[a-z2-9]{5}/g) ?? []
  expect(codes).toHaveLength(10)
  await grownStale(technician)
  expect((await at.post('/staff/proof', { proof: before.recovery[0] ?? '' })).status).toBe(422)
  expect((await at.post('/staff/proof', { proof: codes[0] ?? '' })).status).toBe(303)
  const more = await at.post('/staff/security/recovery-codes')
  expect(more.text).not.toContain(codes[1])
  expect((await at.get('/staff/security')).text).toContain('10 recovery codes left')
  await grownStale(technician)
  expect((await at.get('/staff/security/authenticator')).location).toMatch('/staff/proof?next=')
})

test('a passkey can be removed, its owner’s last second factor can’t, another’s isn’t there', async () => {
  const { manager, administrator } = w.staff
  const at = await asStaff(manager)
  const [one, two, hers] = [
    await passkeyOf(w.quayline, manager.id, 'Laptop'),
    await passkeyOf(w.quayline, manager.id, 'Phone'),
    await passkeyOf(w.quayline, administrator.id, 'Hers'),
  ]
  expect((await at.post(`/staff/security/passkeys/${hers}/removal`)).status).toBe(404)
  expect((await at.post(`/staff/security/passkeys/${one}/removal`)).status).toBe(303)
  const last = await at.post(`/staff/security/passkeys/${two}/removal`)
  expect([last.status, last.text.includes('only second factor')]).toEqual([422, true])
  await enrolled(manager)
  expect((await at.post(`/staff/security/passkeys/${two}/removal`)).status).toBe(303)
  expect((await at.post('/staff/security/passkeys/new', { name: 'x', newPasskey: '{}' })).status).toBe(422)
})

test('a password is changed by who knows it; other browsers are signed out', async () => {
  const { viewer } = w.staff
  const [at, elsewhere] = [await asStaff(viewer), await asStaff(viewer)]
  const change = (current: string, password: string) =>
    at.post('/staff/security/password', { current, password })
  expect((await change('wrong one altogether', NEXT)).text).toContain('isn’t your current password')
  expect((await change(PASSWORD, 'qwertyuiop123')).text).toContain('attackers try')
  expect((await elsewhere.get('/staff/security')).status).toBe(200)
  expect((await change(PASSWORD, NEXT)).status).toBe(303)
  expect((await elsewhere.get('/staff/security')).location).toMatch('/staff/login')
  expect((await at.get('/staff/security')).status).toBe(200)
})

test('other sign-ins end one by one or all together; nobody else’s do', async () => {
  const { viewer, manager } = w.staff
  const at = await asStaff(viewer)
  const others = [await asStaff(viewer), await asStaff(viewer)]
  const page = await at.get('/staff/security')
  const [id] = /(?<=sessions\/)[0-9a-f-]{36}(?=\/ending)/.exec(page.text) ?? []
  const stranger = await asStaff(manager)
  const ids = page.text.match(/(?<=sessions\/)[0-9a-f-]{36}(?=\/ending)/g) ?? []
  expect((await stranger.post(`/staff/security/sessions/${ids[1]}/ending`)).status).toBe(404)
  expect((await at.post(`/staff/security/sessions/${ids[1]}/ending`)).status).toBe(303)
  expect(ids[0]).toBe(id)
  expect((await at.post('/staff/security/sessions/endings')).status).toBe(303)
  for (const other of others) expect((await other.get('/staff/security')).location).toMatch('/staff/login')
  expect((await at.get('/staff/security')).status).toBe(200)
  expect((await stranger.get('/staff/security')).status).toBe(200)
})

test('language, clock, colors and mails are hers, and nothing but what is offered', async () => {
  const at = await asStaff(w.staff.viewer)
  const chosen = { locale: 'en-GB', timeZone: 'Europe/Berlin', theme: 'dark', mails: 'none' }
  expect((await at.post('/staff/security/preferences', chosen)).status).toBe(303)
  expect((await at.get('/staff/security')).text).toMatch(/<html lang="en-GB"[^>]*dark/)
  for (const wrong of [{ theme: 'pink' }, { timeZone: 'Mars' }, { locale: 'xx' }, { mails: '' }])
    expect((await at.post('/staff/security/preferences', { ...chosen, ...wrong })).status).toBe(422)
})
