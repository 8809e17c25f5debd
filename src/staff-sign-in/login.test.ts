import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { asSystem } from '#src/db/scope.ts'
import { aBrowser, type Browser } from '#src/sign-in/test-browser.ts'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { authenticator, enrolled, withPassword } from '#src/staff-sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { type StaffPerson, type World, world } from '#test/world.ts'

const PASSWORD = 'tin whistle over the quarry'
const AT = '?tenant=quayline'
let w: World
let app: Hono
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
  app = w.app
  const hash = await hashPassword(PASSWORD)
  for (const who of [...Object.values(w.staff), w.formerStaff, w.harborStaff]) await withPassword(who, hash)
})

const typePassword = async (at: Browser, email: string, password = PASSWORD, more = {}) => {
  await at.get(`/staff/login${AT}`)
  return at.post(`/staff/login${AT}`, { email, password, ...more })
}
const typeCode = async (at: Browser, code: string) => {
  await at.get(`/staff/login/code${AT}`)
  return at.post(`/staff/login/code${AT}`, { code })
}
const plain = (text: string) =>
  text.replace(/name="csrf" value="[^"]*"|data-options="[^"]*"|(?<=name="email" )value="[^"]*"/g, '')
const actions = async () =>
  (
    await asOwner<{ action: string }>(
      `select action from audit_event where action like 'staff-sign-in.%' order by at desc, id desc limit 3`,
    )
  ).map(({ action }) => action.slice('staff-sign-in.'.length))

describe('password and code', () => {
  test('let in, with a new session and the cookies as they must be', async () => {
    const { technician } = w.staff
    const { code, again } = await enrolled(technician)
    await again()
    const at = aBrowser(app)
    const next = { next: '/staff/tickets?q=a' }
    const second = await typePassword(at, technician.email.toUpperCase(), PASSWORD, next)
    expect([second.status, second.location]).toEqual([303, '/staff/login/code?tenant=quayline'])
    expect(at.jar.has('staff')).toBe(false)
    const [before, chosen] = [at.jar.get('portal-browser'), 'x'.repeat(64)]
    at.jar.set('staff', chosen)
    const done = await typeCode(at, code())
    expect([done.status, done.location]).toEqual([303, '/staff/tickets?q=a'])
    const session = done.headers.getSetCookie().find((line) => line.startsWith('staff='))
    expect(session).toMatch(/^staff=[\w-]{64}; Max-Age=43[12]\d\d; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(at.jar.get('staff')).not.toBe(chosen)
    expect(at.jar.get('portal-browser')).not.toBe(before)
    expect(at.jar.has('staff-step')).toBe(false)
    expect((await at.get('/staff')).status).toBe(303)
    expect(await actions()).toContain('signed-in')

    // signing in once more ends the session that was there
    const first = at.jar.get('staff') ?? ''
    await again()
    at.jar.delete('staff')
    const other = at.copy({ staff: '' })
    await typePassword(other, technician.email)
    other.jar.set('staff', first)
    await typeCode(other, code())
    const old = aBrowser(app)
    old.jar.set('staff', first)
    expect((await old.get('/staff/proof')).location).toMatch('/staff/login')
    expect((await other.post('/staff/logout', { csrf: await csrfOf(other) })).location).toBe(
      `/staff/login${AT}`,
    )
    expect((await other.get('/staff/proof')).location).toMatch('/staff/login')
  })

  const csrfOf = async (at: Browser) =>
    /name="csrf" value="([^"]+)"/.exec((await at.get('/staff/proof')).text)?.[1] ?? ''

  test('a code counts once, and neither does an old or a foreign one', async () => {
    const { manager, viewer } = w.staff
    const { code, codeAt, again } = await enrolled(manager)
    const others = await enrolled(viewer)
    await again()
    const at = aBrowser(app)
    const used = code()
    await typePassword(at, manager.email)
    expect((await typeCode(at, used)).status).toBe(303)
    const replay = aBrowser(app)
    await typePassword(replay, manager.email)
    expect((await typeCode(replay, used)).status).toBe(422)
    expect((await typeCode(replay, codeAt(Date.now() - 120_000))).status).toBe(422)
    expect((await typeCode(replay, others.code())).status).toBe(422)
    const wrong = await typeCode(replay, 'nonsense')
    expect(wrong.text).toContain('doesn’t match')
    expect(await actions()).toEqual(['wrong-code', 'wrong-code', 'wrong-code'])
    // the fifth was the last
    await typeCode(replay, '123456')
    await again()
    const over = await replay.post(`/staff/login/code${AT}`, { code: code() })
    expect([over.status, over.location]).toEqual([303, `/staff/login${AT}`])
    expect(replay.jar.has('staff')).toBe(false)
  })

  test('a recovery code works once, however it is typed', async () => {
    const { manager } = w.staff
    const { recovery } = await enrolled(manager)
    const [spare = ''] = recovery
    const at = aBrowser(app)
    await typePassword(at, manager.email)
    expect((await typeCode(at, spare.toUpperCase().replace('-', ' '))).status).toBe(303)
    const second = aBrowser(app)
    await typePassword(second, manager.email)
    expect((await typeCode(second, spare)).status).toBe(422)
    const stored = await asOwner('select t::text as row from staff_recovery_code t')
    expect(JSON.stringify(stored)).not.toContain(spare.replace('-', ''))
  })

  test('a step works in the browser that typed the password, and for that person only', async () => {
    const { code, again } = await enrolled(w.staff.manager)
    await again()
    const stranger = aBrowser(app)
    await stranger.get(`/staff/login${AT}`)
    expect((await typeCode(stranger, code())).location).toMatch('/staff/login')
    await enrolled(w.staff.viewer)
    await typePassword(stranger, w.staff.viewer.email)
    expect((await typeCode(stranger, code())).status).toBe(422)
  })
})

describe('what a stranger learns', () => {
  test('is the same for wrong, unknown, disabled, without a password and of another tenant', async () => {
    const nora: StaffPerson = { ...w.staff.viewer, name: 'Nopassword', email: 'none@msp.example' }
    await asSystem(
      'test',
      (db) =>
        db
          .insertInto('staff_member')
          .values({ id: crypto.randomUUID(), name: nora.name, email: nora.email, email_key: nora.email })
          .execute(),
      w.quayline,
    )
    await asOwner(`update staff_member set email_key = 'only@harbor.example' where id = $1`, [
      w.harborStaff.id,
    ])
    const answers = [
      await typePassword(aBrowser(app), w.staff.viewer.email, 'not her password at all'),
      await typePassword(aBrowser(app), 'nobody@msp.example'),
      await typePassword(aBrowser(app), w.formerStaff.email),
      await typePassword(aBrowser(app), nora.email),
      await typePassword(aBrowser(app), 'only@harbor.example'),
      await typePassword(aBrowser(app), 'not an address', ''),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(422)
      expect(plain(answer.text)).toBe(plain(answers[0]?.text ?? ''))
    }
    expect(answers[0]?.text).toContain('don’t match')
    expect(answers[0]?.text).not.toContain('not her password')
  })

  test('an organization that isn’t there is a wrong password too', async () => {
    const at = aBrowser(app)
    expect((await at.get('/staff/login')).text).toContain('name="organization"')
    const wrong = await at.post('/staff/login', {
      organization: 'nowhere',
      email: w.staff.viewer.email,
      password: PASSWORD,
    })
    expect([wrong.status, wrong.text.includes('don’t match')]).toEqual([422, true])
    const right = await at.post('/staff/login', {
      organization: ' Quayline ',
      email: w.staff.viewer.email,
      password: PASSWORD,
    })
    expect(right.location).toBe(`/staff/login/code${AT}`)
  })
})

describe('tries', () => {
  test('of strangers run out for them, not for a browser that signed in before', async () => {
    const { technician } = w.staff
    const { code, again } = await enrolled(technician)
    await again()
    const own = aBrowser(app)
    await typePassword(own, technician.email)
    await typeCode(own, code())
    own.jar.delete('staff')

    const statuses: number[] = []
    for (let n = 0; n < 12; n++)
      statuses.push((await typePassword(aBrowser(app), technician.email, 'wrong again and again')).status)
    expect(statuses.at(-1)).toBe(429)
    const limited = await typePassword(aBrowser(app), technician.email)
    expect([limited.status, Number(limited.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await typePassword(own, technician.email)).status).toBe(303)

    // a cookie made for somebody else is no such browser, and one that was tampered with neither
    const other = aBrowser(app)
    const known = own.jar.get('staff-known') ?? ''
    other.jar.set('staff-known', `${'A'.repeat(22)}.${known.split('.')[1]}`)
    expect((await typePassword(other, technician.email)).status).toBe(429)
  })

  test('of one network run out for any account', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 31; n++) {
      const at = aBrowser(app, { ip: '203.0.113.9' })
      await at.get(`/staff/login${AT}`)
      statuses.push(
        (await at.post(`/staff/login${AT}`, { email: `n${n}@msp.example`, password: 'x' })).status,
      )
    }
    expect([statuses[0], statuses.at(-1)]).toEqual([422, 429])
  })
})

describe('without a second factor', () => {
  const secretOn = (text: string) => /<strong class="mono[^>]*>([^<]+)</.exec(text)?.[1] ?? ''

  test('there is no session before one is made', async () => {
    const { administrator } = w.staff
    const at = aBrowser(app)
    await typePassword(at, administrator.email)
    const away = await at.get(`/staff/login/code${AT}`)
    expect(away.location).toBe(`/staff/login/enrollment${AT}`)
    const page = await at.get(away.location)
    expect(page.text).toContain('<svg viewBox')
    expect(page.text).not.toContain('style=')
    const secret = secretOn(page.text)
    expect(secretOn((await at.get(away.location)).text)).toBe(secret)
    expect((await at.post(away.location, { code: '000000' })).status).toBe(422)
    expect(at.jar.has('staff')).toBe(false)
    const app2 = authenticator(secret)
    const done = await at.post(away.location, { code: app2.code() })
    expect(done.status).toBe(200)
    expect(done.text.match(/<li>[a-z2-9]{5}-[a-z2-9]{5}<\/li>/g)).toHaveLength(10)
    expect((await at.get('/staff')).status).toBe(303)
    const [row] = await asOwner<{ totp_secret: Buffer }>(
      'select totp_secret from staff_member where id = $1',
      [administrator.id],
    )
    expect(row?.totp_secret.length).toBe(50) // 20 bytes, sealed

    // with a second factor nobody can make another with the password alone
    const thief = aBrowser(app)
    await typePassword(thief, administrator.email)
    expect((await thief.get(`/staff/login/enrollment${AT}`)).location).toBe(`/staff/login${AT}`)
    // and the code that turned it on is used up
    await thief.get(`/staff/login${AT}`)
    await typePassword(thief, administrator.email)
    expect((await typeCode(thief, app2.code())).status).toBe(422)
  })
})

test('a way back leads nowhere but into the staff app', async () => {
  const { manager } = w.staff
  const { code, again } = await enrolled(manager)
  for (const next of [
    'https://evil.example/',
    '//evil.example',
    '/portal',
    '/staff/../portal',
    '/staff/login',
  ]) {
    await again()
    const at = aBrowser(app)
    await typePassword(at, manager.email, PASSWORD, { next })
    expect((await typeCode(at, code())).location).toBe('/staff')
    await asOwner('delete from rate_count')
  }
})

test('on https every cookie is for this host alone', async () => {
  const { createApp } = await import('#src/app.tsx')
  const { readEnv } = await import('#src/env.ts')
  const { siteOf } = await import('#src/web/site.ts')
  const site = siteOf(
    readEnv({
      MODE: 'test',
      DATA_DIR: w.folder,
      PUBLIC_URL: 'https://portal.example',
      TRUSTED_PROXIES: '127.0.0.1',
    }),
  )
  const at = aBrowser(createApp(site) as unknown as Hono, { headers: { host: 'portal.example' } })
  const { code, again } = await enrolled(w.staff.manager)
  await again()
  await at.get(`/staff/login${AT}`)
  const origin = { origin: 'https://portal.example' }
  await at.post(`/staff/login${AT}`, { email: w.staff.manager.email, password: PASSWORD }, origin)
  await at.get(`/staff/login/code${AT}`)
  const done = await at.post(`/staff/login/code${AT}`, { code: code() }, origin)
  const lines = done.headers.getSetCookie()
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(line).toMatch(/^__Host-.*Path=\/; .*Secure/)
  expect(lines.some((line) => line.startsWith('__Host-staff='))).toBe(true)
})
