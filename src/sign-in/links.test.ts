import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { sealToken } from '#src/secret.ts'
import { aBrowser, follow, type Page, sentence } from '#src/sign-in/test-browser.ts'
import { askAndRead, databaseHash } from '#src/sign-in/test-ground.ts'
import { siteOf } from '#src/web/site.ts'
import { asOwner } from '#test/database.ts'
import { type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})

const sessionsOf = async (contact: string) =>
  systemQuery<{ ended_at: Date | null; link_id: string }>('select * from session where contact_id = $1', [
    contact,
  ])

test('a link from the mail signs in the browser that asked, and leads where it wanted to be', async () => {
  const browser = aBrowser(w.app)
  const { token } = await askAndRead(browser, w.bob.email, '/portal/tickets?tab=all')
  const answer = await follow(browser, token)
  expect(answer).toMatchObject({ status: 303, location: '/portal/tickets?tab=all' })
  expect((await browser.get(paths.home())).text).toContain('Bob')
})

test('ML-01 opening a link, from anywhere and as often as one likes, changes nothing', async () => {
  const browser = aBrowser(w.app)
  const { token } = await askAndRead(browser, w.roles.manager.email)
  const before = await databaseHash()
  for (const visitor of [browser, aBrowser(w.app), aBrowser(w.app)])
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'OPTIONS']) {
      const answer = await visitor.open(`${paths.loginVerify()}#t=${token}`, { method })
      expect(answer.headers.getSetCookie().join()).not.toMatch(/^portal=/m)
    }
  expect(await databaseHash()).toBe(before)
  expect((await follow(browser, token)).status).toBe(303)
})

test('ML-03 fifty presses at once, on two servers, make one session', async () => {
  const other = createApp(siteOf(w.env)) as unknown as Hono
  const browser = aBrowser(w.app)
  const { token } = await askAndRead(browser, w.amir.email)
  await browser.get(paths.loginVerify())
  const twin = browser.at(other)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (at % 2 ? twin : browser).post(paths.loginVerify(), { t: token })),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  const losers = answers.filter(({ status }) => status === 422)
  expect(losers).toHaveLength(49)
  expect(new Set(losers.map(sentence.without)).size).toBe(1)
  expect(await sessionsOf(w.amir.id)).toHaveLength(1)
})

describe('ML-04', () => {
  test('when the session can’t be made, the link is as good as before', async () => {
    const browser = aBrowser(w.app)
    const { token } = await askAndRead(browser, w.roles.viewer.email)
    await asOwner(`create function refuse() returns trigger language plpgsql as 'begin raise ''no''; end'`)
    await asOwner('create trigger refuse before insert on session execute function refuse()')
    expect((await follow(browser, token)).status).toBe(500)
    await asOwner('drop trigger refuse on session')
    expect((await follow(browser, token)).status).toBe(303)
  })

  test('when the answer is lost, the same browser can ask again', async () => {
    const browser = aBrowser(w.app)
    const { token } = await askAndRead(browser, w.roles.user.email)
    const kept = new Map(browser.jar)
    expect((await follow(browser, token)).status).toBe(303)
    browser.jar.clear()
    for (const [name, value] of kept) browser.jar.set(name, value)
    const again = await askAndRead(browser, w.roles.user.email)
    expect((await follow(browser, again.token)).status).toBe(303)
  })
})

test('ML-07 used, expired, unknown and foreign links look the same but for one sentence', async () => {
  const used = aBrowser(w.app)
  const first = await askAndRead(used, w.roles.approver.email)
  await follow(used, first.token)
  const late = aBrowser(w.app)
  const second = await askAndRead(late, w.roles.approver.email)
  const until = `update login_link set expires_at = now() + $1::interval where request_id = $2`
  await systemQuery(until, ['-1 second', second.request])
  const foreign = aBrowser(w.app)
  const third = await askAndRead(aBrowser(w.app), w.roles.approver.email)
  // the cookie that the first sign-in replaced, so that only its being used speaks against the link
  await systemQuery(`update login_link set browser_hash = sha256($1) where request_id = $2`, [
    Buffer.from(used.jar.get('portal-browser') ?? ''),
    first.request,
  ])
  const answers: Page[] = [
    await follow(used, first.token),
    await follow(late, second.token),
    await follow(aBrowser(w.app), sealToken(w.quayline)),
    await follow(aBrowser(w.app), 'not a token'),
    await follow(foreign, third.token),
  ]
  expect(new Set(answers.map(sentence.of)).size).toBe(4)
  expect(new Set(answers.map(sentence.without)).size).toBe(1)
  const heads = answers.map(({ status, headers }) => JSON.stringify([status, [...headers]]))
  expect(new Set(heads).size).toBe(1)
  await systemQuery(until, ['10 seconds', second.request])
  expect((await follow(late, second.token)).status).toBe(303)
})

test('ML-08 another browser can’t use a link, uses nothing up and signs nobody in elsewhere', async () => {
  const [a, b] = [aBrowser(w.app), aBrowser(w.app)]
  const { token } = await askAndRead(a, w.roles.accounting.email)
  const refused = await follow(b, token)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('only in the browser where you asked')
  expect(b.jar.has('portal')).toBe(false)
  expect((await a.get(paths.home())).location).toContain(paths.login())
  expect(await sessionsOf(w.roles.accounting.id)).toHaveLength(0)
  expect((await follow(a, token)).status).toBe(303)
})

describe('ML-14', () => {
  test('a session cookie that was there before sign-in is not the one after it', async () => {
    const browser = aBrowser(w.app)
    const { token } = await askAndRead(browser, w.bob.email)
    const planted = sealToken(w.quayline)
    browser.jar.set('portal', planted)
    await follow(browser, token)
    expect(browser.jar.get('portal')).not.toBe(planted)
    expect(browser.jar.get('portal')).toMatch(/^[\w-]{64}$/)
  })

  test('signing in again ends the session that this browser had, and renews its pre-login secret', async () => {
    const browser = aBrowser(w.app)
    await follow(browser, (await askAndRead(browser, w.bob.email)).token)
    const [old, secret] = [browser.jar.get('portal') ?? '', browser.jar.get('portal-browser')]
    const { token } = await askAndRead(browser.copy({ portal: '' }), w.amir.email)
    await follow(browser, token)
    expect(browser.jar.get('portal-browser')).not.toBe(secret)
    expect((await browser.get(paths.home())).text).toContain('Amir')
    expect((await browser.copy({ portal: old }).get(paths.home())).status).toBe(303)
  })
})

test('ML-15 a stranger’s own link doesn’t sign a victim in as the stranger', async () => {
  const stranger = aBrowser(w.app)
  const { token } = await askAndRead(stranger, w.bob.email)
  const victim = aBrowser(w.app)
  const withoutCookie = await victim.post(paths.loginVerify(), { t: token, csrf: 'x' })
  expect(withoutCookie.status).toBe(403)
  const crossSite = await victim.post(paths.loginVerify(), { t: token }, { 'sec-fetch-site': 'cross-site' })
  expect(crossSite.status).toBe(403)
  expect((await follow(victim, token)).status).toBe(422)
  expect(victim.jar.has('portal')).toBe(false)
})

test('ML-16 the page of a link tells nobody of it: no referrer, no store, no index, no frame, nothing from outside', async () => {
  const page = await aBrowser(w.app).get(paths.loginVerify({ tenant: 'quayline' }))
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('x-robots-tag')).toBe('noindex')
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  const loaded = [...page.text.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, address]) => address)
  expect(loaded.filter((address) => !/^(\/(?!\/)|#|tel:|mailto:)/.test(address ?? ''))).toEqual([])
})

describe('ML-18 between mail and click', () => {
  const changes = [
    ['the contact is disabled', 'update contact set disabled_at = $2 where id = $1', 'id'],
    ['the contact is archived', 'update contact set archived_at = $2 where id = $1', 'id'],
    ['the company is archived', 'update company set archived_at = $2 where id = $1', 'company'],
    ['the tenant is suspended', 'update tenant set suspended_at = $2 where tenant_id = $1', 'tenant'],
  ] as const
  test.each(changes)('%s: refused, and nothing is used up', async (_what, change, whose) => {
    const browser = aBrowser(w.app)
    const { token } = await askAndRead(browser, w.samAtBolt.email)
    await systemQuery(change, [w.samAtBolt[whose], new Date()])
    await systemQuery(change, [w.samAtAcme[whose], new Date()])
    expect((await follow(browser, token)).status).toBe(422)
    for (const sam of [w.samAtBolt, w.samAtAcme]) await systemQuery(change, [sam[whose], null])
    expect((await follow(browser, token)).status).toBe(303)
  })
})
