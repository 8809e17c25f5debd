import { beforeAll, describe, expect, test } from 'vitest'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { aBrowser, type Browser, follow } from '#src/sign-in/test-browser.ts'
import { askAndRead } from '#src/sign-in/test-ground.ts'
import { ORIGIN, type Person, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})

const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

const signedInAs = async (who: Person, userAgent = WINDOWS): Promise<Browser> => {
  const browser = aBrowser(w.app, { headers: { 'user-agent': userAgent } })
  await follow(browser, (await askAndRead(browser, who.email)).token)
  return browser
}
const isIn = async (browser: Browser) => (await browser.get(paths.home())).status === 200
const endings = (text: string) =>
  [...text.matchAll(/\/portal\/sessions\/([0-9a-f-]{36})\/ending/g)].map(([, id]) => id ?? '')

test('the cookie can’t be read by scripts, is for this site, and lives no longer than the session', async () => {
  const browser = aBrowser(w.app)
  const { token } = await askAndRead(browser, w.bob.email)
  const line = (await follow(browser, token)).headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('portal='))
  expect(line).toMatch(/Path=\/; HttpOnly; SameSite=Lax/)
  expect(line).toContain(`Max-Age=${7 * 86_400}`)
  expect(line).not.toMatch(/Domain/i)
})

test('signing out ends the session, clears what was fetched ahead, and says so on the sign-in page', async () => {
  const browser = await signedInAs(w.bob)
  const token = browser.jar.get('portal') ?? ''
  await browser.get(paths.home())
  const answer = await browser.post(paths.logout(), {})
  expect(answer.status).toBe(303)
  expect(answer.headers.get('clear-site-data')).toContain('prefetchCache')
  expect(browser.jar.has('portal')).toBe(false)
  expect((await browser.get(answer.location)).text).toContain('You’re signed out.')
  expect((await browser.get(paths.login())).text).not.toContain('You’re signed out.')
  expect(await isIn(browser.copy({ portal: token }))).toBe(false)
})

test('a form that comes too late leads back to its page, and the sign-in page says why', async () => {
  const browser = await signedInAs(w.bob)
  await browser.get(paths.home())
  browser.jar.delete('portal')
  const late = await browser.post(
    paths.sessionEndings(),
    {},
    {
      referer: `${ORIGIN}${paths.sessions()}`,
      'sec-fetch-dest': 'document',
    },
  )
  expect(late.location).toBe(paths.login({ next: paths.sessions() }))
  expect((await browser.get(late.location)).text).toContain('nothing was sent')
})

test('who is signed in is not asked again', async () => {
  const browser = await signedInAs(w.roles.viewer)
  expect(await browser.get(paths.login())).toMatchObject({ status: 303, location: paths.home() })
})

describe('where I am signed in', () => {
  test('lists browsers, and ends one', async () => {
    const [here, phone] = [await signedInAs(w.alice), await signedInAs(w.alice, IPHONE)]
    const page = await here.get(paths.sessions())
    expect(page.text).toContain('Chrome on Windows')
    expect(page.text).toContain('Safari on iPhone')
    const [id = ''] = endings(page.text)
    expect(endings(page.text)).toHaveLength(1)
    expect((await here.post(paths.sessionEnding(id), {})).location).toBe(paths.sessions())
    expect(await isIn(phone)).toBe(false)
    expect(await isIn(here)).toBe(true)
    expect((await here.post(paths.sessionEnding(id), {})).status).toBe(404)
  })

  test('ends all others, or all', async () => {
    const [here, there] = [await signedInAs(w.amir), await signedInAs(w.amir)]
    await here.get(paths.sessions())
    await here.post(paths.sessionEndings(), { which: 'others' })
    expect([await isIn(here), await isIn(there)]).toEqual([true, false])
    const third = await signedInAs(w.amir)
    await here.get(paths.sessions())
    const answer = await here.post(paths.sessionEndings(), { which: 'all' })
    expect((await here.get(answer.location)).text).toContain('signed out everywhere')
    expect([await isIn(here), await isIn(third)]).toEqual([false, false])
  })

  test('somebody else’s session isn’t there', async () => {
    const [mine, hers] = [await signedInAs(w.roles.user), await signedInAs(w.roles.admin)]
    const [row] = await systemQuery<{ id: string }>('select id from session where contact_id = $1', [
      w.roles.admin.id,
    ])
    const page = await mine.get(paths.sessions())
    expect(page.text).not.toContain(row?.id)
    expect((await mine.post(paths.sessionEnding(row?.id ?? ''), {})).status).toBe(404)
    expect((await mine.post('/portal/sessions/nonsense/ending', {})).status).toBe(404)
    expect(await isIn(hers)).toBe(true)
  })
})

describe('a session is over', () => {
  const over: [string, string][] = [
    [
      'after eight hours without use',
      `update session set last_seen_at = now() - interval '481 minutes' where contact_id = $1`,
    ],
    ['after seven days', `update session set expires_at = now() where contact_id = $1`],
    ['when the contact is disabled', 'update contact set disabled_at = now() where id = $1'],
    ['when she loses her role', 'update contact set role_id = null where id = $1'],
  ]
  test.each(over)('%s', async (_when, change) => {
    const browser = await signedInAs(w.roles.accounting)
    expect(await isIn(browser)).toBe(true)
    const [{ role_id } = { role_id: '' }] = await systemQuery<{ role_id: string }>(
      'select role_id from contact where id = $1',
      [w.roles.accounting.id],
    )
    await systemQuery(change, [w.roles.accounting.id])
    expect(await isIn(browser)).toBe(false)
    await systemQuery('update contact set disabled_at = null, role_id = $2 where id = $1', [
      w.roles.accounting.id,
      role_id,
    ])
  })
})
