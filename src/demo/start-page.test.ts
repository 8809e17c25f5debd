import { beforeAll, expect, test } from 'vitest'
import { admitDemoStaff, DEMO_PASSWORD } from '#src/demo/staff.ts'
import { paths } from '#src/paths.ts'
import { aBrowser } from '#src/sign-in/test-browser.ts'
import { doJobs, mailsTo } from '#src/sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
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

test('one press signs in as somebody of the desk; her password and code work as well', async () => {
  await admitDemoStaff(w.quayline)
  await asOwner(`update staff_member set role = 'administrator' where id = $1`, [w.staff.administrator.id])
  const browser = aBrowser(w.app)
  const page = await browser.get(paths.demo())
  expect(page.text.match(/Sign in as staff/g)?.length).toBe(4)
  expect(page.text).not.toContain(w.formerStaff.email)
  const done = await browser.post('/demo/staff', { id: w.staff.administrator.id })
  expect(done.location).toBe('/staff')
  expect((await browser.get('/staff/team')).status).toBe(200)
  expect((await aBrowser(w.app).post('/demo/staff', { id: w.formerStaff.id })).status).toBe(403)
  const other = aBrowser(w.app)
  await other.get(paths.demo())
  expect((await other.post('/demo/staff', { id: w.formerStaff.id })).status).toBe(404)

  const code = new RegExp(`${w.staff.viewer.email} · code <span class="num">(\\d{6})<`).exec(page.text)?.[1]
  const at = '?tenant=quayline'
  await other.get(`/staff/login${at}`)
  await other.post(`/staff/login${at}`, { email: w.staff.viewer.email, password: DEMO_PASSWORD })
  expect((await other.post(`/staff/login/code${at}`, { code: code ?? '' })).location).toBe('/staff')
})
