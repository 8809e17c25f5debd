import { z } from 'zod'
import { keyed, sameBytes } from '#src/secret.ts'
import { type Contact, personOf, type Staff } from '#src/viewer.ts'

const schema = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(255),
  mediaType: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
})

/** A file whose bytes are on disk under `id`; nobody sees it until an attachment's row names it. */
export type StoredFile = z.infer<typeof schema>

const seal = (viewer: Contact | Staff, text: string) =>
  keyed('kept file', `${viewer.tenantId} ${personOf(viewer)} ${text}`)

/** A form that comes back keeps its files: this goes into a hidden field, and is worth nothing to anybody else. */
export const keepFile = (viewer: Contact | Staff, file: StoredFile): string => {
  const text = Buffer.from(JSON.stringify(file)).toString('base64url')
  return `${text}.${seal(viewer, text).toString('base64url')}`
}

const HOUR = 3_600_000
// below the day after which the sweeper takes a file that no row shows
const LONGEST = 20 * HOUR

/** A UUIDv7 begins with the milliseconds of its making. */
const age = (id: string) => Date.now() - Number.parseInt(id.replace('-', '').slice(0, 12), 16)

/** The files of a form's hidden fields; what was not sealed for this person, or lies about too long, is left out. */
export const keptFiles = (viewer: Contact | Staff, values: string[]): StoredFile[] =>
  values.slice(0, 10).flatMap((value) => {
    const [text = '', mac = ''] = value.split('.')
    if (!sameBytes(Buffer.from(mac, 'base64url'), seal(viewer, text))) return []
    const parsed = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return parsed.success && age(parsed.data.id) < LONGEST ? [parsed.data] : []
  })
