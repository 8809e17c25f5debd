import type { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { readEnv } from '#src/env.ts'
import { siteOf } from '#src/web/site.ts'
import { ORIGIN, stranger, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

type Asked = { headers?: Record<string, string>; from?: string }

/** Asks an app with these settings for its figures, from an address. */
const metrics = async (
  settings: Record<string, string>,
  { headers = {}, from = '127.0.0.1' }: Asked = {},
) => {
  const app: Hono = createApp(
    siteOf(readEnv({ MODE: 'test', PUBLIC_URL: ORIGIN, DATA_DIR: w.folder, ...settings })),
  ) as never
  const answer = await app.request(
    `${ORIGIN}/metrics`,
    { headers: { host: 'localhost:3000', ...headers } },
    { incoming: { socket: { remoteAddress: from } } },
  )
  return answer.status
}

describe('the figures', () => {
  test('are for this machine', async () => {
    expect(await metrics({})).toBe(200)
    expect(await metrics({}, { from: '::1' })).toBe(200)
    expect(await metrics({}, { from: '::ffff:127.0.0.1' })).toBe(200)
    expect(await metrics({}, { from: '198.51.100.7' })).toBe(404)
    expect(await metrics({}, { from: '10.0.0.7' })).toBe(404)
  })

  test('are not for who comes through a proxy on this machine', async () => {
    expect(await metrics({}, { headers: { 'x-forwarded-for': '127.0.0.1' } })).toBe(404)
    expect(
      await metrics({ TRUSTED_PROXIES: '127.0.0.1' }, { headers: { 'x-forwarded-for': '127.0.0.1' } }),
    ).toBe(404)
    expect(
      await metrics(
        { TRUSTED_PROXIES: '10.0.0.0/8' },
        { from: '10.0.0.7', headers: { 'x-forwarded-for': '127.0.0.1' } },
      ),
    ).toBe(404)
  })

  test('are not for who means another host', async () => {
    for (const host of ['portal.example.com', '10.0.0.5:3000', 'localhost.evil.example', ''])
      expect([host, await metrics({}, { headers: { host } })]).toEqual([host, 404])
    for (const host of ['localhost', '127.0.0.1:3000', '[::1]:3000'])
      expect([host, await metrics({}, { headers: { host } })]).toEqual([host, 200])
  })

  test.each([
    ['host', 'portal.example.com'],
    ['host', 'localhost.example.com'],
    ['x-real-ip', '203.0.113.9'],
    ['forwarded', 'for=203.0.113.9'],
    ['via', '1.1 proxy'],
  ])('nor when the proxy says only %s: %s', async (name, value) => {
    expect(await metrics({}, { headers: { [name]: value } })).toBe(404)
  })

  test.each(['LOCALHOST', '127.0.0.1:3000', '[::1]:3000'])(
    'are at this machine by any name: %s',
    async (host) => {
      expect(await metrics({}, { headers: { host } })).toBe(200)
    },
  )

  test('are, with a token, for who has it, from anywhere', async () => {
    const METRICS_TOKEN = 'a token of a good length'
    const bearer = (token: string) => ({
      headers: { authorization: `Bearer ${token}` },
      from: '198.51.100.7',
    })
    expect(await metrics({ METRICS_TOKEN }, bearer(METRICS_TOKEN))).toBe(200)
    expect(await metrics({ METRICS_TOKEN }, bearer('another'))).toBe(404)
    expect(await metrics({ METRICS_TOKEN }, bearer(''))).toBe(404)
    expect(await metrics({ METRICS_TOKEN })).toBe(404)
  })

  test('name no person, address or search', async () => {
    await stranger.get('/portal/tickets?q=secret-search')
    const { text } = await stranger.get('/metrics')
    expect(text).toContain('portal_request_seconds_count{method="GET",status="3xx"}')
    for (const word of ['secret-search', 'alice', w.alice.id, '/portal']) expect(text).not.toContain(word)
  })
})

test('health is asked without a host, a session or a trace', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const answer = await stranger.get(path, { host: '10.0.0.5:3000' })
    expect([path, answer.status, answer.cookies]).toEqual([path, 200, []])
  }
})
