import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { asset, serveAssets } from './assets.ts'

const app = new Hono().get('/assets/:file{.+}', serveAssets)
const get = (url: string, accept?: string) =>
  app.request(url, { headers: accept ? { 'accept-encoding': accept } : {} })
const bytes = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe('assets', () => {
  test('are named by their content and kept for a year', async () => {
    expect(asset('portal.css')).toMatch(/^\/assets\/portal\.[A-Z0-9]{8}\.css$/)
    const answer = await get(asset('portal.css'))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
  })

  test('come as the browser likes them', async () => {
    const plain = await bytes(await get(asset('portal.js')))
    const br = await get(asset('portal.js'), 'gzip, deflate, br, zstd')
    expect(br.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(await bytes(br))).toEqual(plain)
    const gzip = await get(asset('portal.js'), 'br;q=0, gzip;q=0.5')
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await bytes(gzip))).toEqual(plain)
    const font = await get(asset('geist-latin-wght-normal.woff2'), 'br')
    expect(font.headers.get('content-encoding')).toBeNull()
    expect(font.headers.get('content-type')).toBe('font/woff2')
  })

  test('are only what the build made', async () => {
    const names = [
      'manifest.json',
      'portal.css',
      '../.stamp',
      '..%2f.stamp',
      '%2e%2e/server.js',
      'constructor',
    ]
    for (const name of [...names, `${asset('portal.css').slice(8)}.br`])
      expect((await get(`/assets/${name}`)).status, name).toBe(404)
    expect(() => asset('other.css')).toThrow('No asset is called other.css')
  })
})
