import { beforeAll, describe, expect, test } from 'vitest'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import {
  aBrowser,
  askFor,
  type Browser,
  follow,
  type Page,
  sentence,
  typeCode,
} from '#src/sign-in/test-browser.ts'
import { askAndRead, doJobs, mailsTo } from '#src/sign-in/test-ground.ts'
import { type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})

const statesOf = async (email: string) => {
  const rows = await systemQuery<{ state: string }>(
    'select state from login_request where email_key = $1 order by created_at, id',
    [email],
  )
  return rows.map(({ state }) => state)
}

const seen = (page: Page) => [page.status, sentence.without(page), page.location.replace(/request=[^&]*/, '')]

describe('ML-10 limits act on the typed address, whether or not it is anybody’s', () => {
  const sequence = async (email: string, ip: string) => {
    const browser = aBrowser(w.app, { ip })
    const answers: Page[] = []
    for (let n = 0; n < 5; n++) {
      await browser.get(paths.login())
      const answer = await browser.post(paths.login(), { email })
      answers.push(
        answer,
        await browser.get(answer.location),
        await browser.post(answer.location, { code: '00000000' }),
      )
    }
    return answers.map((page) => JSON.stringify(seen(page)).replaceAll(email, '…'))
  }

  test('the same browser gets three mails an hour, and nobody is told', async () => {
    const known = await sequence(w.bob.email, '10.50.0.1')
    const unknown = await sequence('nobody@bolt.example', '10.50.0.2')
    expect(known).toEqual(unknown)
    expect(await mailsTo(w.bob.email)).toHaveLength(3)
    expect(await statesOf(w.bob.email)).toEqual(['open', 'open', 'open', 'limited', 'limited'])
    expect(await statesOf('nobody@bolt.example')).toEqual(await statesOf(w.bob.email))
  })

  test('an hour later it may ask again', async () => {
    const browser = aBrowser(w.app)
    for (let n = 0; n < 4; n++) await askFor(browser, w.roles.user.email)
    await systemQuery(
      `update login_request set created_at = created_at - interval '61 minutes' where email_key = $1`,
      [w.roles.user.email.toLowerCase()],
    )
    await askFor(browser, w.roles.user.email)
    expect((await statesOf(w.roles.user.email.toLowerCase())).at(-1)).toBe('open')
  })

  const exhaust = async (browser: Browser, email: string) => {
    await browser.get(paths.login())
    for (let n = 0; n < 30; n++) expect((await browser.post(paths.login(), { email })).status).toBe(303)
    return browser.post(paths.login(), { email })
  }

  test('a network may ask thirty times in ten minutes, then it is told to wait, for every address alike', async () => {
    const known = await exhaust(aBrowser(w.app, { ip: '10.60.0.1' }), w.alice.email)
    const unknown = await exhaust(aBrowser(w.app, { ip: '10.60.0.2' }), 'nobody@acme.example')
    expect(known.status).toBe(429)
    expect(Number(known.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(seen(known)).toEqual(seen(unknown))
    const later = `update rate_count set window_start = window_start - interval '10 minutes' where key = '10.60.0.1'`
    await systemQuery(later, [])
    const browser = aBrowser(w.app, { ip: '10.60.0.1' })
    await browser.get(paths.login())
    expect((await browser.post(paths.login(), { email: w.alice.email })).status).toBe(303)
  })

  test('IPv6 addresses of one subscriber count together', async () => {
    const browser = aBrowser(w.app, { ip: '2001:db8:1:2::1' })
    expect((await exhaust(browser, 'nobody@six.example')).status).toBe(429)
    const ask = (ip: string) =>
      browser.post(paths.login(), { email: 'nobody@six.example' }, { 'x-forwarded-for': ip })
    expect((await ask('2001:db8:1:2:ffff::9')).status).toBe(429)
    expect((await ask('2001:db8:1:3::1')).status).toBe(303)
  })
})

describe('ML-11 a stranger can’t lock anybody out', () => {
  /** Strangers, eight at a time, each with a browser of its own. */
  const flood = async (email: string, browsers: number, each: number, ip: (at: number) => string) => {
    const waiting = Array.from({ length: browsers }, (_, at) => ip(at))
    const one = async (): Promise<void> => {
      const address = waiting.pop()
      if (!address) return
      const stranger = aBrowser(w.app, { ip: address })
      await stranger.get(paths.login())
      for (let n = 0; n < each; n++) await stranger.post(paths.login(), { email })
      return one()
    }
    await Promise.all(Array.from({ length: 8 }, one))
  }

  test('a thousand requests from everywhere: a browser that knows the address signs in, by its link from before or anew', async () => {
    const { email } = w.amir
    const [home, office] = [aBrowser(w.app), aBrowser(w.app)]
    for (const browser of [home, office]) await follow(browser, (await askAndRead(browser, email)).token)
    for (const browser of [home, office]) browser.jar.delete('portal')
    const before = await askAndRead(home, email)
    await flood(email, 50, 20, (at) => `10.70.${at}.1`)
    expect((await statesOf(email)).filter((state) => state !== 'limited').length).toBeLessThanOrEqual(33)
    expect((await typeCode(home, before.request, before.code)).status).toBe(303)
    const after = await askAndRead(office, email)
    expect((await follow(office, after.token)).status).toBe(303)
  }, 240_000)

  test('a flood from one network replaces its own requests, not those of a browser that is new', async () => {
    const { email } = w.roles.admin
    const victim = aBrowser(w.app)
    const { request, code } = await askAndRead(victim, email)
    await flood(email, 10, 3, () => '10.80.0.1')
    const open = await systemQuery(`select 1 from login_request where email_key = $1 and state = 'open'`, [
      email.toLowerCase(),
    ])
    expect(open).toHaveLength(5)
    expect((await typeCode(victim, request, code)).status).toBe(303)
    await doJobs()
  })
})
