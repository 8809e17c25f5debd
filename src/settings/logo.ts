import { buffer } from 'node:stream/consumers'
import { Parser } from 'htmlparser2'
import { store } from '#src/files/store.ts'
import { sha256 } from '#src/secret.ts'
import type { Problem } from '#src/settings/check.ts'
import type { Form } from '#src/web/body.ts'

export const LOGO_BYTES = 200_000

const ACTIVE = new Set(['script', 'foreignobject', 'iframe', 'object', 'embed', 'audio', 'video', 'handler'])

/** A picture in a picture may only be in the file itself: a logo that loads something would tell who looks at it. */
const isOutside = (name: string, value: string) =>
  /(^|:)(href|src)$/.test(name) && !/^(#|data:image\/(png|jpeg|gif|webp);)/i.test(value.trim())

const loads = (text: string) => /@import|url\(\s*['"]?(?!#|data:image\/)/i.test(text)

/** Whether an SVG is nothing but a picture: no program, nothing from elsewhere, no entities. */
export const isPlainSvg = (text: string): boolean => {
  if (/<!(doctype|entity)/i.test(text)) return false
  let plain = true
  let root: string | undefined
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        root ??= name.toLowerCase()
        if (ACTIVE.has(name.toLowerCase())) plain = false
        for (const [key, value] of Object.entries(attributes))
          if (/^on/i.test(key) || isOutside(key.toLowerCase(), value) || loads(value)) plain = false
      },
      ontext: (part) => {
        if (loads(part)) plain = false
      },
    },
    { xmlMode: true },
  )
  parser.end(text)
  return plain && root === 'svg'
}

type Logo = { content: Buffer; type: 'image/svg+xml' | 'image/png'; hash: string }

/** The logo that came with the form: nothing when none did, or why it can't be one. */
export const logoIn = async (tenantId: string, form: Form): Promise<Logo | Problem | undefined> => {
  const file = form.files.find(({ field }) => field === 'logo')
  if (!file) return undefined
  if (file.tooLarge || file.bytes > LOGO_BYTES || !file.stored)
    return { key: 'settings.problem.logoLarge', values: { kilobytes: LOGO_BYTES / 1000 } }
  const stream = await store.open(tenantId, file.stored.id)
  const content = stream ? await buffer(stream) : Buffer.alloc(0)
  const type = file.stored.mediaType
  const fits = type === 'image/png' || (type === 'image/svg+xml' && isPlainSvg(content.toString('utf8')))
  if (!fits)
    return { key: type === 'image/svg+xml' ? 'settings.problem.logoActive' : 'settings.problem.logo' }
  return {
    content,
    type: type === 'image/png' ? 'image/png' : 'image/svg+xml',
    hash: sha256(content).toString('hex').slice(0, 12),
  }
}
