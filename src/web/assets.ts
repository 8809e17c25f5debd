import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Handler } from 'hono'
import { z } from 'zod'
import { root } from '#src/root.ts'

const folder = join(root, 'dist/assets')

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

type Encoding = 'br' | 'gzip'
type Stored = { type: string; plain: ArrayBuffer; br?: ArrayBuffer; gzip?: ArrayBuffer }

const bytes = (file: string) => new Uint8Array(readFileSync(join(folder, file))).buffer

function load(file: string): Stored {
  const extension = extname(file)
  const stored = { type: types[extension] ?? 'application/octet-stream', plain: bytes(file) }
  if (extension === '.woff2') return stored
  return { ...stored, br: bytes(`${file}.br`), gzip: bytes(`${file}.gz`) }
}

function readManifest() {
  try {
    return z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))
  } catch (cause) {
    throw new Error('The style sheet and scripts are not built. Run: node build.mjs', { cause })
  }
}

let built: { names: Map<string, string>; files: Map<string, Stored> } | undefined

/** Read when first asked for, so that tests without pages need no build. */
function assets() {
  if (built) return built
  const names = new Map(Object.entries(readManifest()))
  built = { names, files: new Map([...names.values()].map((file) => [file, load(file)])) }
  return built
}

/** URL of a built file by its plain name, `portal.css` → `/assets/portal.AB12CD34.css`. Throws on unknown names. */
export function asset(name: string) {
  const file = assets().names.get(name)
  if (!file) throw new Error(`No asset is called ${name}`)
  return `/assets/${file}`
}

function encodingFor(accepted: string | undefined, stored: Stored): Encoding | undefined {
  const offers = new Set(
    (accepted ?? '')
      .split(',')
      .map((offer) => offer.trim().toLowerCase())
      .filter((offer) => !/;\s*q=0(\.0*)?$/.test(offer))
      .map((offer) => offer.split(';')[0]),
  )
  if (stored.br && offers.has('br')) return 'br'
  return stored.gzip && offers.has('gzip') ? 'gzip' : undefined
}

/** `GET /assets/:file`: only what the build made, for ever, compressed as the browser likes. */
export const serveAssets: Handler = (c) => {
  const stored = assets().files.get(c.req.param('file') ?? '')
  if (!stored) return c.notFound()
  const encoding = encodingFor(c.req.header('accept-encoding'), stored)
  c.header('Content-Type', stored.type)
  c.header('Cache-Control', 'public, max-age=31536000, immutable')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  c.header('Vary', 'Accept-Encoding')
  if (encoding) c.header('Content-Encoding', encoding)
  return c.body(encoding ? (stored[encoding] ?? stored.plain) : stored.plain)
}
