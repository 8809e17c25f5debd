import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { aBrowser } from '#src/sign-in/test-browser.ts'
import { doJobs, mailsTo } from '#src/sign-in/test-ground.ts'
import { type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ MODE: 'demo', TRUSTED_PROXIES: '127.0.0.1' })
})

test('everybody who can sign in is there, with company and role; nobody else', async () => {
  const { text } = await aBrowser(w.app).get(paths.demo())
  for (const word of ['Alice', 'Bolt', 'Sign in<span class="sr-only"> as Bob']) expect(text).toContain(word)
  for (const email of [w.disabled.email, w.uninvited.email]) expect(text).not.toContain(email)
})

test.each([
  ['bob', 1],
  ['BOLT admin', 1],
  ['nobody like this', 0],
])('searching for “%s” finds %i', async (search, found) => {
  const { text } = await aBrowser(w.app).get(paths.demo(search))
  expect(text.match(/<form[^>]* class="row"/g) ?? []).toHaveLength(found)
})

test('choosing somebody makes a real request, shows her mail, and her code signs in', async () => {
  const browser = aBrowser(w.app)
  await browser.get(paths.demo())
  const { location } = await browser.post(paths.demo(), { email: w.bob.email })
  const [mail] = await mailsTo(w.bob.email)
  const panes = await browser.get(location)
  expect(panes.text).toContain(paths.mailboxHtml(mail?.id ?? ''))
  expect(panes.headers.get('refresh')).toBeNull()
  const inside = await browser.get(paths.mailboxHtml(mail?.id ?? ''))
  expect(inside.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
  const request = location.split('/').at(-1) ?? ''
  const code = mail?.ways[0]?.code ?? ''
  expect((await browser.post(paths.loginCode({ request }), { code })).location).toBe(paths.home())
})

test('until the mail is there the page looks again; after three requests it says why none comes', async () => {
  const browser = aBrowser(w.app)
  await browser.get(paths.demo())
  const ask = async () => (await browser.post(paths.demo(), { email: w.amir.email })).location
  expect((await browser.get(await ask())).headers.get('refresh')).toBe('2')
  for (let n = 0; n < 2; n++) await ask()
  await doJobs()
  expect((await browser.get(await ask())).text).toContain('Three requests an hour')
})

test('somebody else’s request isn’t there', async () => {
  const browser = aBrowser(w.app)
  await browser.get(paths.demo())
  const { location } = await browser.post(paths.demo(), { email: w.alice.email })
  expect((await aBrowser(w.app).get(location)).status).toBe(404)
  expect((await browser.get('/demo/nonsense')).status).toBe(404)
})
