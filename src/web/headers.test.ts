import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { paths } from '#src/paths.ts'
import { asset } from '#src/web/assets.ts'
import { siteOf } from '#src/web/site.ts'
import { asOwner } from '#test/database.ts'
import { type Answer, as, ORIGIN, send, sessionOf, stranger, type World, world } from '#test/world.ts'

let w: World
let answers: Record<string, Answer>
beforeAll(async () => {
  w = await world()
  const alice = await as(w.alice)
  await asOwner(
    `update tenant set logo = '<svg/>', logo_type = 'image/svg+xml', logo_hash = 'abc123' where slug = 'quayline'`,
  )
  answers = {
    'a page': await alice.get(paths.home()),
    'a page, only its head': await send(paths.home(), {
      method: 'HEAD',
      headers: { cookie: `portal=${await sessionOf(w.alice)}` },
    }),
    'sign-in': await stranger.get(paths.login()),
    'sign-in by link': await stranger.get(paths.loginVerify()),
    'a redirect': await stranger.get(paths.home()),
    'what a form leads to': await alice.post(paths.tickets(), { subject: 'S', body: 'B' }),
    'a form that comes back': await alice.post(paths.tickets(), {}),
    'a read mark': await alice.post(paths.ticketReading(w.tickets.alices.id)),
    'a file': await alice.get(paths.attachment(w.tickets.alices.file)),
    'nothing there': await alice.get('/portal/nothing'),
    'nothing there, without a session': await stranger.get('/nothing'),
    'not hers': await alice.get(paths.ticket(w.tickets.bobs.id)),
    'not allowed': await (await as(w.roles.viewer)).get(paths.newTicket()),
    'a form from elsewhere': await alice.post(
      paths.tickets(),
      {},
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    ),
    'a host that is not ours': await send('/', { headers: { host: 'evil.example' } }),
    'a method that no route has': await send('/portal/tickets', { method: 'DELETE' }),
    'an asset': await stranger.get(asset('portal.css')),
    'no asset': await stranger.get('/assets/nothing.css'),
    'a logo': await stranger.get(paths.logo('quayline', 'abc123')),
    'a health check': await stranger.get('/healthz'),
    metrics: await stranger.get('/metrics'),
    'for a program': await alice.get('/portal/nothing', { accept: 'application/json' }),
  }
  await asOwner('alter table category rename to gone')
  answers['a bug'] = await alice.get(paths.tickets())
  await asOwner('alter table gone rename to category')
  expect(answers['a bug'].status).toBe(500)
})

const each = (check: (answer: Answer, what: string) => void) => {
  for (const [what, answer] of Object.entries(answers)) check(answer, what)
}
const header = (answer: Answer | undefined, name: string) => answer?.headers.get(name) ?? undefined

describe('every answer', () => {
  test('says what the browser may not do with it', () => {
    expect(new Set(Object.values(answers).map(({ status }) => status))).toEqual(
      new Set([200, 204, 303, 403, 404, 421, 422, 500]),
    )
    each((answer, what) => {
      expect([what, header(answer, 'x-content-type-options')]).toEqual([what, 'nosniff'])
      expect([what, header(answer, 'x-frame-options')]).toEqual([what, 'DENY'])
      expect([what, header(answer, 'cross-origin-opener-policy')]).toEqual([what, 'same-origin'])
      expect([what, header(answer, 'cross-origin-resource-policy')]).toEqual([what, 'same-origin'])
      expect([what, header(answer, 'permissions-policy')]).toEqual([
        what,
        expect.stringContaining('camera=()'),
      ])
      expect([
        what,
        header(answer, 'x-powered-by'),
        header(answer, 'server'),
        header(answer, 'access-control-allow-origin'),
      ]).toEqual([what, undefined, undefined, undefined])
    })
  })

  test('has a policy for its content without anything inline', () => {
    each((answer, what) => {
      const policy = header(answer, 'content-security-policy') ?? ''
      const own = ['a file', 'a logo'].includes(what)
      expect([what, policy]).toEqual([what, expect.stringContaining("default-src 'none'")])
      if (own) expect([what, policy]).toEqual([what, expect.stringContaining('sandbox')])
      else {
        for (const rule of [
          "script-src 'self'",
          "style-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
        ])
          expect([what, policy.split('; ')]).toEqual([what, expect.arrayContaining([rule])])
        expect([what, /unsafe|data:|https?:|\*/.test(policy)]).toEqual([what, false])
      }
      expect([
        what,
        answer.text.match(/<script(?![^>]* src=)[^>]*>|<style|\sstyle="|\son\w+="|href="javascript:/g),
      ]).toEqual([what, null])
    })
  })

  test('tells other sites nothing, and our own forms enough to be believed', () => {
    each((answer, what) => {
      const expected = what === 'sign-in by link' ? 'no-referrer' : 'same-origin'
      expect([what, header(answer, 'referrer-policy')]).toEqual([what, expected])
    })
  })

  test('is kept by nobody, but for what never changes', () => {
    each((answer, what) => {
      const kept =
        what === 'an asset' || what === 'a logo' ? 'public, max-age=31536000, immutable' : 'no-store'
      expect([what, header(answer, 'cache-control')]).toEqual([what, kept])
    })
  })
})

test('a cookie of ours is for us, for http and for no script; on https for that host alone', async () => {
  const [plain = ''] = answers['sign-in']?.cookies ?? []
  expect(plain).toMatch(/^portal-browser=[\w-]{43};/)
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(plain.split('; ')).toContain(part)
  expect(plain).not.toContain('Domain')

  const env = { ...w.env, PUBLIC_URL: new URL('https://portal.example.com') }
  const secure = await createApp(siteOf(env)).request('https://portal.example.com/portal/login', {
    headers: { host: 'portal.example.com' },
  })
  const [cookie = ''] = secure.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-portal-browser=/)
  expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax']))
  expect(secure.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains')
  expect(header(answers['a page'], 'strict-transport-security')).toBeUndefined()
  const crossed = await createApp(siteOf(env)).request('https://portal.example.com/portal', {
    headers: { host: 'portal.example.com', cookie: `portal=${await sessionOf(w.alice)}` },
  })
  expect(crossed.status).toBe(303) // a cookie that a sister host could have set is not looked at
})

test('a page may be fetched ahead, never run ahead', async () => {
  const rules = await stranger.get('/speculation.json')
  expect(header(answers['a page'], 'speculation-rules')).toBe('"/speculation.json"')
  expect(rules.headers.get('content-type')).toBe('application/speculationrules+json')
  expect(Object.keys(JSON.parse(rules.text))).toEqual(['prefetch'])
  expect(rules.text).not.toContain('prerender')
  expect(header(answers['sign-in'], 'speculation-rules')).toBeUndefined()
})

test('pages are compressed for who asks, small ones and files are not', async () => {
  const get = (path: string, cookie: string, accept: string) =>
    w.app.request(ORIGIN + path, { headers: { host: 'localhost:3000', cookie, 'accept-encoding': accept } })
  const cookie = `portal=${await sessionOf(w.alice)}`
  const packed = await get(paths.home(), cookie, 'br;q=1.0, gzip;q=0.8')
  expect([packed.headers.get('content-encoding'), packed.headers.get('vary')]).toEqual([
    'gzip',
    'Accept-Encoding, Cookie',
  ])
  const unpacked = await new Response(packed.body?.pipeThrough(new DecompressionStream('gzip'))).text()
  expect(unpacked).toContain('</html>')
  const plain = await get(paths.home(), cookie, 'identity')
  expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([
    null,
    'Accept-Encoding, Cookie',
  ])
  expect((await plain.text()).replace(/name="csrf" value="[^"]*"/g, '')).toBe(
    unpacked.replace(/name="csrf" value="[^"]*"/g, ''),
  )
  expect((await get('/healthz', '', 'gzip')).headers.get('content-encoding')).toBeNull()
  expect(
    (await get(paths.attachment(w.tickets.alices.file), cookie, 'gzip')).headers.get('content-encoding'),
  ).toBeNull()
})
