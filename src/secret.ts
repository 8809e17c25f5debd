import {
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

let secret: string | undefined
let earlier: string | undefined
const keys = new Map<string, KeyObject>()

/** `previous`: the secret before this one, which still opens what was sealed under it. */
export const useSecret = (value: string, previous?: string) => {
  secret = value
  earlier = previous
  keys.clear()
}

const derived = (from: string, purpose: string) =>
  createSecretKey(createHmac('sha256', from).update(purpose).digest())

/** The keys that secrets in the database are sealed with: the one of APP_SECRET, then the one of APP_SECRET_PREVIOUS. */
export const sealingKeys = (): [current: KeyObject, previous?: KeyObject] => {
  const current = keyFor('seal')
  return earlier ? [current, derived(earlier, 'seal')] : [current]
}

const keyFor = (purpose: string): KeyObject => {
  if (!secret) throw new Error('useSecret() has not been called')
  const known = keys.get(purpose)
  if (known) return known
  const made = derived(secret, purpose)
  keys.set(purpose, made)
  return made
}

/** A hash under a key of its own for each purpose (a word of ours), derived from APP_SECRET: 32 bytes. */
export const keyed = (purpose: string, text: string | Buffer): Buffer =>
  createHmac('sha256', keyFor(purpose)).update(text).digest()

export const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

export const sameBytes = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)

const uuidBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const uuidText = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A bearer of tenant and secret (cookie, link): 16 bytes of tenant id, 32 of secret, 64 characters of base64url. */
export const sealToken = (tenantId: string, random: Buffer = randomBytes(32)): string =>
  Buffer.concat([uuidBytes(tenantId), random]).toString('base64url')

/** The tenant that a token names and the SHA-256 that is stored of it; undefined when it can't be one of ours. */
export const openToken = (token: string): { tenantId: string; hash: Buffer } | undefined => {
  if (!/^[\w-]{64}$/.test(token)) return undefined
  return { tenantId: uuidText(Buffer.from(token, 'base64url').subarray(0, 16)), hash: sha256(token) }
}
