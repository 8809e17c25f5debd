import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { readEnv } from '#src/env.ts'
import { paths } from '#src/paths.ts'
import { addressBlock, clientAddress, parseProxies, siteOf } from '#src/web/site.ts'
import { asOwner } from '#test/database.ts'
import { wordsOf } from '#test/pages.ts'
import { as, send, sessionOf, stranger, type World, world } from '#test/world.ts'

/** The client's address as the app sees it: from a socket, behind these proxies. */
const seen = async (trusted: string, socket: string, forwarded?: string) => {
  const site = siteOf(readEnv({ TRUSTED_PROXIES: trusted }))
  const app = new Hono().get('/', (c) => c.text(clientAddress(c, site)))
  const headers: Record<string, string> =
    forwarded === undefined
      ? {}
      : { 'x-forwarded-for': forwarded, 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' }
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress: socket } } })).text()
}

describe("the client's address", () => {
  test('is the socket’s, whatever a header says', async () => {
    expect(await seen('', '198.51.100.7', '1.2.3.4')).toBe('198.51.100.7')
    expect(await seen('', '::ffff:198.51.100.7', '1.2.3.4')).toBe('198.51.100.7')
    expect(await seen('10.0.0.0/8', '198.51.100.7', '1.2.3.4')).toBe('198.51.100.7') // not a proxy of ours
    expect(await seen('', '::1', '1.2.3.4')).toBe('::1')
  })

  test('behind a proxy is the last one that is not a proxy', async () => {
    expect(await seen('10.0.0.0/8', '10.0.0.5', '203.0.113.9')).toBe('203.0.113.9')
    expect(await seen('10.0.0.0/8', '10.0.0.5', '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9') // the first is what the client wrote
    expect(await seen('10.0.0.0/8, 192.0.2.1', '10.0.0.5', '6.6.6.6, 203.0.113.9, 192.0.2.1, 10.1.1.1')).toBe(
      '203.0.113.9',
    )
    expect(await seen('10.0.0.0/8', '::ffff:10.0.0.5', '2001:db8::9')).toBe('2001:db8::9')
    expect(await seen('fd00::/8', 'fd00::1', '203.0.113.9')).toBe('203.0.113.9')
  })

  test('behind a proxy that says nothing of use is the proxy’s', async () => {
    for (const forwarded of ['', 'unknown', 'evil', '10.0.0.9', ' , ,', '999.1.1.1', '203.0.113.9:8080, x'])
      expect([forwarded, await seen('10.0.0.0/8', '10.0.0.5', forwarded)]).toEqual([forwarded, '10.0.0.5'])
    expect(await seen('10.0.0.0/8', '10.0.0.5')).toBe('10.0.0.5')
  })

  test('proxies that can not be read stop the start', () => {
    expect(parseProxies(' 10.0.0.0/8 , ::1,')).toHaveLength(2)
    for (const bad of ['10.0.0.0/33', 'proxy.example', '*']) expect(() => parseProxies(bad)).toThrow()
  })

  test('counts as its block: an IPv4 address, or the /64 of one subscriber', () => {
    expect(addressBlock('198.51.100.7')).toBe('198.51.100.7')
    expect(addressBlock('::ffff:198.51.100.7')).toBe('198.51.100.7')
    expect(addressBlock('2001:db8:1:2:3:4:5:6')).toBe(addressBlock('2001:db8:1:2::9'))
    expect(addressBlock('2001:db8:1:2::9')).not.toBe(addressBlock('2001:db8:1:3::9'))
  })
})

describe('a host', () => {
  let w: World
  beforeAll(async () => {
    w = await world()
    await asOwner('insert into tenant_host (tenant_id, host) values ($1, $2)', [
      w.harbor,
      'help.harbor.example',
    ])
  })

  test('that is neither ours nor a tenant’s gets nothing, with a session or without', async () => {
    const cookie = `portal=${await sessionOf(w.alice)}`
    for (const host of [
      'evil.example',
      'localhost',
      'localhost:3001',
      'localhost:3000.evil.example',
      'quayline.localhost:3000',
      '127.0.0.1:3000',
      '',
    ])
      for (const path of [
        '/',
        paths.home(),
        paths.login(),
        paths.attachment(w.tickets.alices.file),
        '/brand/quayline/abc.css',
      ]) {
        const answer = await send(path, { headers: { host, cookie } })
        expect([host, path, answer.status]).toEqual([host, path, 421])
        expect(answer.text).not.toContain('Alice')
      }
    expect((await stranger.get(paths.login(), { host: 'LOCALHOST:3000' })).status).toBe(200)
    expect((await stranger.get('/healthz', { host: '10.2.3.4:3000' })).status).toBe(200) // a load balancer asks by address
  })

  test('of a tenant shows that tenant, and only it', async () => {
    const page = await stranger.get(paths.login({ tenant: 'quayline' }), { host: 'help.harbor.example' })
    expect(wordsOf(page)).toContain('Harbor Managed IT')
    expect(page.text).not.toContain('Quayline')
    expect((await stranger.get(paths.login(), { host: 'HELP.harbor.example' })).status).toBe(200)
  })

  test('named by another header changes nothing', async () => {
    const alice = await as(w.alice)
    for (const name of ['x-forwarded-host', 'forwarded', 'x-host', 'x-original-url', 'x-rewrite-url']) {
      const answer = await alice.get(paths.home(), { [name]: 'evil.example' })
      expect([name, answer.status, answer.text.includes('evil.example')]).toEqual([name, 200, false])
    }
  })

  test('our own without a tenant says none, when there are several', async () => {
    const page = await stranger.get(paths.login())
    for (const name of ['Quayline', 'Harbor']) expect(page.text).not.toContain(name)
    expect(wordsOf(await stranger.get(paths.login({ tenant: 'quayline' })))).toContain('Quayline IT')
    expect((await stranger.get(paths.login({ tenant: 'nobody' }))).status).toBe(200)
  })

  test('a write on a tenant’s host is believed from there, and from nowhere else', async () => {
    const zoe = await as(w.zoe)
    const reading = paths.ticketReading(w.tickets.zoes.id)
    const host = 'help.harbor.example'
    expect(
      (await zoe.post(reading, {}, { host, origin: `http://${host}`, 'sec-fetch-site': '' })).status,
    ).toBe(204)
    expect((await zoe.post(reading, {}, { host, 'sec-fetch-site': '' })).status).toBe(403)
  })

  test('the front door leads to the portal, in the demo to its start page', async () => {
    expect((await stranger.get('/')).location).toBe(paths.home())
    const demo = createApp(siteOf({ ...w.env, MODE: 'demo' }))
    expect(
      (await demo.request('http://localhost:3000/', { headers: { host: 'localhost:3000' } })).headers.get(
        'location',
      ),
    ).toBe(paths.demo())
  })
})
