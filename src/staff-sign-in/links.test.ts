import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { listMailbox } from '#src/mail/mailbox.ts'
import { aBrowser, type Browser } from '#src/sign-in/test-browser.ts'
import { doJobs } from '#src/sign-in/test-ground.ts'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { enrolled, withPassword } from '#src/staff-sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { asStaff, type World, world } from '#test/world.ts'

const PASSWORD = 'tin whistle over the quarry'
const NEXT = 'a quite different brass band'
const AT = '?tenant=quayline'
let w: World
let app: Hono
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
  app = w.app
  const hash = await hashPassword(PASSWORD)
  for (const who of [...Object.values(w.staff), w.formerStaff]) await withPassword(who, hash)
})

const newest = async (address: string) => {
  await doJobs()
  const [mail] = await listMailbox(address)
  return mail
}
const tokenIn = (text: string) => /#t=([\w-]{64})/.exec(text)?.[1] ?? ''
const ask = async (email: string) => {
  const at = aBrowser(app)
  await at.get(`/staff/login/reset${AT}`)
  return at.post(`/staff/login/reset${AT}`, { email })
}
const choose = async (at: Browser, t: string, password = NEXT) => {
  await at.get(`/staff/login/reset/new${AT}`)
  return at.post(`/staff/login/reset/new${AT}`, { t, password })
}
const signIn = async (email: string, password: string) => {
  const at = aBrowser(app)
  await at.get(`/staff/login${AT}`)
  return at.post(`/staff/login${AT}`, { email, password })
}
const plain = (text: string) => text.replace(/name="csrf" value="[^"]*"/g, '')

describe('a new password', () => {
  test('comes by a link that works once, ends what was open and still needs the second factor', async () => {
    const { technician } = w.staff
    const { code, again } = await enrolled(technician)
    await again()
    const signedIn = await asStaff(technician)
    await ask(technician.email.toUpperCase())
    const mail = await newest(technician.email)
    expect(mail?.subject).toBe('Choose a new password for Quayline IT')
    const link = /http\S+#t=\S+/.exec(mail?.text ?? '')?.[0]
    expect(link).toMatch(/^http:\/\/localhost:3000\/staff\/login\/reset\/new\?tenant=quayline#t=[\w-]{64}$/)
    const t = tokenIn(mail?.text ?? '')

    const at = aBrowser(app)
    const page = await at.get(`/staff/login/reset/new${AT}`)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    for (const weak of ['short', 'Password123456', 'x'.repeat(129), 'technicianStaff', 'Quayline-IT-2026']) {
      const refused = await choose(at, t, weak)
      expect([weak, refused.status]).toEqual([weak, 422])
      expect(refused.text).toContain(`name="t" value="${t}"`)
      expect(refused.text).not.toContain(`value="${weak}"`)
    }
    const done = await choose(at, t)
    expect([done.status, done.location]).toEqual([303, `/staff/login/code${AT}`])
    expect(at.jar.has('staff')).toBe(false)
    expect((await signedIn.get('/staff/proof')).location).toMatch('/staff/login')
    await at.get(done.location)
    expect((await at.post(done.location, { code: code() })).location).toBe('/staff')
    expect((await at.get('/staff/proof')).status).toBe(200)

    expect((await choose(aBrowser(app), t)).text).toContain('This link doesn’t work')
    expect((await signIn(technician.email, PASSWORD)).status).toBe(422)
    expect((await signIn(technician.email, NEXT)).status).toBe(303)
  })

  test('is asked for with the same answer, whoever it is; nobody else gets a mail', async () => {
    await asOwner('delete from rate_count')
    const { manager } = w.staff
    const known = await ask(manager.email)
    const unknown = await ask('nobody@msp.example')
    const former = await ask(w.formerStaff.email)
    expect([known.status, plain(known.text)]).toEqual([unknown.status, plain(unknown.text)])
    expect(plain(former.text)).toBe(plain(unknown.text))
    expect(await newest('nobody@msp.example')).toBeUndefined()
    expect(await newest(w.formerStaff.email)).toBeUndefined()
    expect(await newest(manager.email)).toBeDefined()
    expect((await ask('no address')).status).toBe(422)
    for (let n = 0; n < 4; n++) {
      expect((await ask(manager.email)).status).toBe(200)
      await doJobs()
    }
    expect((await listMailbox(manager.email)).length).toBe(3)
  })

  test('has only the newest link, for half an hour, at its own tenant, and not once she is disabled', async () => {
    await asOwner('delete from rate_count')
    const { viewer } = w.staff
    await ask(viewer.email)
    const first = tokenIn((await newest(viewer.email))?.text ?? '')
    await ask(viewer.email)
    const second = tokenIn((await newest(viewer.email))?.text ?? '')
    expect(first).not.toBe(second)
    expect((await choose(aBrowser(app), first)).status).toBe(422)
    const elsewhere = aBrowser(app)
    await elsewhere.get('/staff/login/reset/new?tenant=harbor')
    expect(
      (await elsewhere.post('/staff/login/reset/new?tenant=harbor', { t: second, password: NEXT })).status,
    ).toBe(422)
    await asOwner('update staff_member set disabled_at = now() where id = $1', [viewer.id])
    expect((await choose(aBrowser(app), second)).text).toContain('This link doesn’t work')
    await asOwner('update staff_member set disabled_at = null where id = $1', [viewer.id])
    await asOwner(`update staff_step set expires_at = now() where kind = 'reset'`)
    expect((await choose(aBrowser(app), second)).text).toContain('This link doesn’t work')
    for (const wrong of ['', 'nonsense', 'A'.repeat(64)])
      expect((await choose(aBrowser(app), wrong)).status).toBe(422)
  })
})

describe('an invitation', () => {
  test('is used once: name, password, second factor, and in', async () => {
    const at = await asStaff(w.staff.administrator)
    const invited = await at.post('/staff/team', {
      name: 'Nina',
      email: 'Nina@MSP.example',
      title: 'Dispatcher',
      role: 'manager',
    })
    expect(invited.status).toBe(303)
    const mail = await newest('Nina@MSP.example')
    expect(mail?.text).toContain('administratorStaff has invited you')
    const t = tokenIn(mail?.text ?? '')
    const hers = aBrowser(app)
    await hers.get(`/staff/login/invitation${AT}`)
    const empty = await hers.post(`/staff/login/invitation${AT}`, { t, name: '', password: 'short' })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('This is needed.')
    const done = await hers.post(`/staff/login/invitation${AT}`, { t, name: 'Nina Berg', password: NEXT })
    expect(done.location).toBe(`/staff/login/code${AT}`)
    expect((await hers.get(done.location)).location).toBe(`/staff/login/enrollment${AT}`)
    expect(hers.jar.has('staff')).toBe(false)
    const second = aBrowser(app)
    await second.get(`/staff/login/invitation${AT}`)
    const used = await second.post(`/staff/login/invitation${AT}`, { t, name: 'Thief', password: NEXT })
    expect(used.text).toContain('This link doesn’t work')
    const [row] = await asOwner('select name, role from staff_member where email_key = $1', [
      'nina@msp.example',
    ])
    expect(row).toEqual({ name: 'Nina Berg', role: 'manager' })
    expect((await signIn('nina@msp.example', NEXT)).status).toBe(303)
  })

  test('sent again takes the place of the one before, and of lost second factors once it is used', async () => {
    const { manager } = w.staff
    await enrolled(manager)
    const at = await asStaff(w.staff.administrator)
    const send = () => at.post(`/staff/team/${manager.id}/invitation`)
    expect((await send()).status).toBe(303)
    const first = tokenIn((await newest(manager.email))?.text ?? '')
    await send()
    const second = tokenIn((await newest(manager.email))?.text ?? '')
    const hers = aBrowser(app)
    await hers.get(`/staff/login/invitation${AT}`)
    const accept = (t: string) =>
      hers.post(`/staff/login/invitation${AT}`, { t, name: manager.name, password: NEXT })
    expect((await accept(first)).status).toBe(422)
    const factor = () =>
      asOwner('select totp_confirmed_at from staff_member where id = $1', [manager.id]).then(
        ([row]) => row?.totp_confirmed_at,
      )
    expect(await factor()).not.toBeNull()
    expect((await accept(second)).status).toBe(303)
    expect(await factor()).toBeNull()
    await asOwner(`update staff_step set expires_at = now() where kind = 'invitation'`)
  })
})
