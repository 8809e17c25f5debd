import { createCipheriv, createDecipheriv, hash, type KeyObject, randomBytes } from 'node:crypto'
import { sealingKeys } from '#src/secret.ts'

/** What is sealed. A sealed value opens only for the tenant and the purpose that it was sealed for. */
export type Purpose = 'totp' | 'smtp-password' | 'graph-secret' | 'claude-key'

const VERSION = 1
const NONCE = 12
const TAG = 16
/** version, key id, nonce */
const HEAD = 2 + NONCE

/** Names the key in a sealed value: one byte, so a wrong guess costs a tag that doesn't match, nothing more. */
const keyId = (key: KeyObject) => hash('sha256', key.export(), 'buffer')[0] ?? 0

const associated = (tenantId: string, purpose: Purpose) => Buffer.from(`${tenantId}\n${purpose}`)

/** AES-256-GCM under a key from APP_SECRET: version, key id, 12 bytes of nonce, ciphertext, 16 bytes of tag. */
export const seal = (tenantId: string, purpose: Purpose, plain: string | Buffer): Buffer => {
  const [key] = sealingKeys()
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
  cipher.setAAD(associated(tenantId, purpose))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([VERSION, keyId(key)]), nonce, body, cipher.getAuthTag()])
}

const opened = (key: KeyObject, sealed: Buffer, associatedData: Buffer): Buffer | undefined => {
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(2, HEAD), { authTagLength: TAG })
  cipher.setAAD(associatedData)
  cipher.setAuthTag(sealed.subarray(-TAG))
  try {
    return Buffer.concat([cipher.update(sealed.subarray(HEAD, -TAG)), cipher.final()])
  } catch {
    return undefined
  }
}

/** It was sealed under another APP_SECRET, for another tenant or purpose, or its bytes were changed. */
export class CannotUnseal extends Error {
  constructor(purpose: Purpose) {
    super(`a sealed ${purpose} can't be opened: APP_SECRET is not the one it was sealed under`)
  }
}

/** What was sealed, under this APP_SECRET or the previous one. Throws CannotUnseal. */
export const unseal = (tenantId: string, purpose: Purpose, sealed: Buffer): Buffer => {
  if (sealed.length < HEAD + TAG || sealed[0] !== VERSION) throw new CannotUnseal(purpose)
  for (const key of sealingKeys()) {
    const plain = key && keyId(key) === sealed[1] && opened(key, sealed, associated(tenantId, purpose))
    if (plain) return plain
  }
  throw new CannotUnseal(purpose)
}

/** The same under today's key; undefined when it is already. Throws CannotUnseal. */
export const resealed = (tenantId: string, purpose: Purpose, sealed: Buffer): Buffer | undefined => {
  const [key] = sealingKeys()
  if (opened(key, sealed, associated(tenantId, purpose))) return undefined
  return seal(tenantId, purpose, unseal(tenantId, purpose, sealed))
}
