import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { systemQuery } from '#src/db/scope.ts'
import { readEnv } from '#src/env.ts'
import { paths } from '#src/paths.ts'
import { aBrowser } from '#src/sign-in/test-browser.ts'
import { authenticator } from '#src/staff-sign-in/test-ground.ts'
import { ensureSetupLink } from '#src/tenants/setup.tsx'
import { createSetupLink } from '#src/tenants/setup-link.ts'
import { siteOf } from '#src/web/site.ts'
import { freshDatabase } from '#test/database.ts'
import { ORIGIN } from '#test/world.ts'

let app: Hono
beforeAll(async () => {
  const environment = { MODE: 'test', PUBLIC_URL: ORIGIN, TRUSTED_PROXIES: '127.0.0.1' }
  const { folder } = await freshDatabase(environment)
  app = createApp(siteOf(readEnv({ ...environment, DATA_DIR: folder }))) as unknown as Hono
})

const given = {
  name: 'Northwind IT',
  slug: '',
  supportEmail: 'help@northwind.example',
  supportPhone: '+1 206 555 0142',
  brandColor: '#7a2e6e',
  deskHours: 'Monday to Friday',
  welcome: '',
  timeZone: 'Europe/Berlin',
  adminName: 'Dana Fjord',
  adminEmail: 'Dana@Fjord.example',
  password: 'seven grey herons',
}

/** The last screen, which brings along what the ones before asked. */
const send = async (token: string, changes: Partial<typeof given> = {}) => {
  const browser = aBrowser(app)
  await browser.get(paths.setup())
  return browser.post(paths.setup(), { t: token, screen: '3', ...given, ...changes })
}
const slugs = async () =>
  (await systemQuery<{ slug: string }>('select slug from tenant order by slug', [])).map(({ slug }) => slug)
const tokenOf = (link: string | undefined) => link?.split('#t=')[1] ?? ''

describe('a portal without a tenant', () => {
  test('gets a link at each start, of which the newest counts, and sets itself up with it', async () => {
    const old = tokenOf(await ensureSetupLink(ORIGIN))
    const link = await ensureSetupLink(ORIGIN)
    expect(link).toMatch(/^http:\/\/localhost:3000\/setup#t=[\w-]{43}$/)
    expect((await send(old)).text).toContain('This set-up link doesn’t work')
    const done = await send(tokenOf(link))
    expect(done).toMatchObject({ status: 303, location: '/staff/login/code?tenant=northwind-it' })
    expect(await ensureSetupLink(ORIGIN)).toBeUndefined()
    const [made] = await systemQuery('select desk_hours, welcome, brand_color from tenant', [])
    expect(made).toEqual({ desk_hours: 'Monday to Friday', welcome: null, brand_color: '#7a2e6e' })
  })

  test('whose first administrator has a second factor before she comes in', async () => {
    const browser = aBrowser(app)
    const at = '?tenant=northwind-it'
    await browser.get(`/staff/login${at}`)
    await browser.post(`/staff/login${at}`, { email: given.adminEmail, password: given.password })
    const page = await browser.get(`/staff/login/enrollment${at}`)
    const secret = /<strong class="mono[^>]*>([^<]+)</.exec(page.text)?.[1] ?? ''
    const done = await browser.post(`/staff/login/enrollment${at}`, { code: authenticator(secret).code() })
    expect(done.text).toContain('Keep your recovery codes')
    const team = await browser.get('/staff/team')
    expect(team.text).toContain('Dana Fjord')
    const [role] = await systemQuery('select role from staff_member', [])
    expect(role).toEqual({ role: 'administrator' })
  })
})

describe('three screens', () => {
  test('lead there and back with all that was typed, but never the password', async () => {
    const { token } = await createSetupLink()
    const browser = aBrowser(app)
    await browser.get(paths.setup())
    const first = {
      t: token,
      screen: '1',
      name: given.name,
      slug: 'screens',
      supportEmail: given.supportEmail,
    }
    const wrong = await browser.post(paths.setup(), { ...first, supportEmail: 'nobody', timeZone: 'UTC' })
    expect([wrong.status, wrong.text.includes('step 1 of 3')]).toEqual([422, true])
    const second = await browser.post(paths.setup(), { ...first, timeZone: 'Europe/Berlin' })
    expect([second.status, second.text.includes('step 2 of 3')]).toEqual([200, true])
    expect(second.text).toContain('name="supportEmail" value="help@northwind.example"')
    const sent = { ...given, t: token, slug: 'screens', password: '' }
    const third = await browser.post(paths.setup(), { ...sent, screen: '2' })
    expect(third.text).toContain('step 3 of 3')
    const back = await browser.post(paths.setup(), {
      ...sent,
      screen: '3',
      back: 'yes',
      password: 'typed too early',
    })
    expect(back.text).toContain('step 2 of 3')
    expect(back.text).not.toContain('typed too early')
    // what an earlier screen asks and a later one finds wrong leads back to it
    const odd = await browser.post(paths.setup(), { ...given, t: token, screen: '3', brandColor: 'red' })
    expect([odd.status, odd.text.includes('step 2 of 3')]).toEqual([422, true])
  })
})

describe('a form with mistakes', () => {
  const mistakes: [keyof typeof given, string, string][] = [
    ['name', '', 'This is needed.'],
    ['name', 'x'.repeat(121), 'at most 120 characters'],
    ['slug', 'Not A Slug', 'small letters, digits and dashes, such as'],
    ['supportEmail', 'nobody', 'Enter an e-mail address'],
    ['brandColor', 'red', 'Choose a color'],
    ['timeZone', 'Mars/Olympus', 'Choose a time zone'],
    ['adminName', '', 'This is needed.'],
    ['adminEmail', 'a@b', 'Enter an e-mail address'],
    ['password', 'short', 'at least 12 characters'],
    ['password', 'Second-Sons2026', 'attackers try'],
    ['slug', 'northwind-it', 'has this short name already'],
  ]
  test.each(mistakes)(
    '%s “%s”: comes back as typed, with the link as good as before',
    async (field, value, problem) => {
      const { token } = await createSetupLink()
      const answer = await send(token, { name: 'Second & Sons', slug: 'second', [field]: value })
      expect(answer.status).toBe(422)
      expect(answer.text).toContain(problem)
      expect(answer.text).toContain(given.supportPhone)
      expect(answer.text).toContain(`name="t" value="${token}"`)
      expect(await slugs()).toEqual(['northwind-it'])
      const [link] = await systemQuery<{ used_at: Date | null }>(
        'select used_at from setup_link order by id desc limit 1',
        [],
      )
      expect(link?.used_at).toBeNull()
    },
  )
})

describe('a set-up link', () => {
  test('works once: of ten at the same time one creates a tenant', async () => {
    const { token } = await createSetupLink()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => send(token, { slug: `racer-${at}` })),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect((await slugs()).filter((slug) => slug.startsWith('racer-'))).toHaveLength(1)
    expect((await send(token, { slug: 'racer-11' })).text).toContain('This set-up link doesn’t work')
  })

  test('made for a certain name gives that one', async () => {
    const { token } = await createSetupLink('chosen')
    expect((await send(token, { slug: 'other' })).location).toBe('/staff/login/code?tenant=chosen')
  })

  test('that is wrong, or a week old, does nothing', async () => {
    const { token } = await createSetupLink()
    await systemQuery(`update setup_link set expires_at = now() where used_at is null`, [])
    for (const wrong of [token, 'x'.repeat(43), '']) expect((await send(wrong)).status).toBe(422)
  })

  test('can be pasted where there are no scripts', async () => {
    const { token } = await createSetupLink()
    const browser = aBrowser(app)
    const page = await browser.get(paths.setup())
    expect(page.text).toContain('name="key"')
    const answer = await browser.post(paths.setup(), {
      ...given,
      screen: '3',
      t: '',
      key: ` ${token} `,
      slug: 'pasted',
    })
    expect(answer.location).toBe('/staff/login/code?tenant=pasted')
  })
})
