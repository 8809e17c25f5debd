import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemQuery } from '#src/db/scope.ts'
import { mailSettings, useMail } from '#src/mail/settings.ts'
import { smtpServer } from '#src/mail/test-ground.ts'
import { paths } from '#src/paths.ts'
import { aBrowser, askFor, follow } from '#src/sign-in/test-browser.ts'
import { doJobs, waysIn } from '#src/sign-in/test-ground.ts'
import { type World, world } from '#test/world.ts'

let w: World
let server: Awaited<ReturnType<typeof smtpServer>>
beforeAll(async () => {
  server = await smtpServer()
  w = await world({ TRUSTED_PROXIES: '127.0.0.1', SMTP_URL: server.url, MAIL_FROM: 'portal@mailer.example' })
})
afterAll(() => server.close())

type Received = (typeof server.received)[number]

const taken = async (): Promise<Received[]> => {
  server.received.length = 0
  await doJobs()
  return [...server.received]
}
const ways = ({ mail }: Received) => waysIn(mail.text ?? '')
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36'

describe('ML-12 the link’s origin is configured, whatever the request says', () => {
  const forged: Record<string, string>[] = [
    { 'x-forwarded-host': 'evil.example' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-forwarded-proto': 'https', 'x-original-host': 'evil.example' },
    { 'x-forwarded-for': '10.99.0.1', origin: 'null' },
  ]
  test.each(forged)('%j', async (headers) => {
    const browser = aBrowser(w.app)
    await browser.get(paths.login())
    const answer = await browser.post(paths.login(), { email: w.bob.email }, headers)
    expect(answer.location.startsWith('/portal/login/code?')).toBe(true)
    const [mail] = await taken()
    expect(mail && ways(mail)[0]?.url).toMatch(
      /^http:\/\/localhost:3000\/portal\/login\/verify\?tenant=quayline#t=/,
    )
    expect(mail?.raw).not.toContain('evil.example')
  })

  test('a host that is nobody’s is refused before anything is stored', async () => {
    const browser = aBrowser(w.app, { headers: { host: 'evil.example' } })
    expect((await browser.get(paths.login())).status).toBe(421)
    expect((await browser.post(paths.login(), { email: w.bob.email })).status).toBe(421)
    expect(await taken()).toEqual([])
  })

  test('asked on the tenant’s own host, the link leads there; once that host is gone, to the installation', async () => {
    await systemQuery(`insert into tenant_host (tenant_id, host) values ($1, 'help.quayline.example')`, [
      w.quayline,
    ])
    const browser = aBrowser(w.app, { headers: { host: 'help.quayline.example' } })
    await askFor(browser, w.samAtAcme.email)
    const [mail] = await taken()
    const [way] = mail ? ways(mail) : []
    expect(way?.url).toMatch(/^http:\/\/help\.quayline\.example\/portal\/login\/verify#t=/)
    expect((await follow(browser, way?.token ?? '')).status).toBe(303)
    await askFor(browser.copy({ portal: '' }), w.samAtAcme.email)
    await systemQuery('delete from tenant_host where tenant_id = $1', [w.quayline])
    const [late] = await taken()
    expect(late && ways(late)[0]?.url).toMatch(/^http:\/\/localhost:3000\//)
  })
})

test('ML-17 one recipient, both parts, nothing loaded or counted, who asked, a short link, marked as automatic', async () => {
  await askFor(aBrowser(w.app, { ip: '203.0.113.9', headers: { 'user-agent': WINDOWS } }), w.roles.user.email)
  const received = await taken()
  expect(received).toHaveLength(1)
  const [{ to, raw, mail } = { to: [], raw: '', mail: undefined }] = received
  expect(to).toEqual([w.roles.user.email])
  expect(raw).toMatch(/^Auto-Submitted: auto-generated/im)
  const html = String(mail?.html)
  for (const part of [mail?.text ?? '', html])
    for (const fact of ['Chrome on Windows', '203.0.113.9', 'Quayline IT', 'Asked'])
      expect(part).toContain(fact)
  expect(html).not.toMatch(/<img|<script|<link|url\(|@import/i)
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address ?? '')
  expect(links).toHaveLength(1)
  expect(links[0]).toBe(waysIn(mail?.text ?? '')[0]?.url)
  expect(links[0]?.length).toBeLessThan(500)
})

test('one address at two companies of a tenant: one mail with a way into each', async () => {
  const browser = aBrowser(w.app)
  await askFor(browser, w.samAtAcme.email)
  const [mail, ...more] = await taken()
  expect(more).toEqual([])
  expect(mail?.mail.text).toContain('Continue to Acme')
  expect(mail?.mail.text).toContain('Continue to Bolt')
  const [, bolt] = mail ? ways(mail) : []
  await follow(browser, bolt?.token ?? '')
  expect((await browser.get(paths.home())).text).toContain('Bolt')
})

describe('one address at two tenants', () => {
  const words = async () =>
    Object.fromEntries(
      (await taken()).map(({ mail }) => [mail.from?.text.includes('Harbor') ? 'harbor' : 'quayline', mail]),
    )
  test('asked without a tenant: a mail from each, naming no other', async () => {
    await askFor(aBrowser(w.app), w.alice.email)
    const { quayline, harbor } = await words()
    expect(quayline?.text).not.toContain('Harbor')
    expect(harbor?.text).not.toContain('Quayline')
  })

  test('asked on one tenant’s page: a mail from that one', async () => {
    const browser = aBrowser(w.app)
    await browser.get(paths.login({ tenant: 'harbor' }))
    await browser.post(paths.login({ tenant: 'harbor' }), { email: w.alice.email })
    expect(Object.keys(await words())).toEqual(['harbor'])
  })
})

test('ML-20 with the mail server down the answer is the same, the mail waits, and too late it is never sent', async () => {
  const settings = mailSettings()
  useMail({ ...settings, SMTP_URL: 'smtp://127.0.0.1:1' })
  const request = await askFor(aBrowser(w.app), w.roles.admin.email)
  expect(request).not.toBe('')
  expect(await taken()).toEqual([])
  const state = () =>
    systemQuery<{ state: string; id: string }>(`select id, state from mail where data->>'request' = $1`, [
      request,
    ])
  const [waiting] = await state()
  expect(waiting?.state).toBe('queued')
  useMail(settings)
  await systemQuery('update mail set expires_at = now() where id = $1', [waiting?.id])
  await systemQuery(
    `select enqueue('mail:send', json_build_object('tenant', $1::text, 'mail', $2::text), 'mail:' || $2)`,
    [w.quayline, waiting?.id],
  )
  expect(await taken()).toEqual([])
  expect((await state())[0]?.state).toBe('dropped')
})
