import { keyed, openToken, sealToken, sha256 } from '#src/secret.ts'

/**
 * The secret of a link, worked out from its id and APP_SECRET whenever its mail is rendered: a mail that goes out twice
 * says the same, and nothing but hashes is ever stored.
 */
export const linkToken = (tenantId: string, linkId: string): string =>
  sealToken(tenantId, keyed('login link', linkId))

/** The eight digits of a link. Of 2^64 numbers, so the remainder favors none by more than one in 10^11. */
export const linkCode = (linkId: string): string =>
  String(keyed('login code', linkId).readBigUInt64BE() % 100_000_000n).padStart(8, '0')

export const codeHash = (linkId: string, code: string): Buffer => keyed('login code hash', linkId + code)

/** What is stored of a link's two secrets. */
export const linkHashes = (tenantId: string, linkId: string) => {
  const opened = openToken(linkToken(tenantId, linkId))
  if (!opened) throw new Error('a token of ours must open')
  return { token_hash: opened.hash, code_hash: codeHash(linkId, linkCode(linkId)) }
}

/** What is stored of a browser's own secret. */
export const browserHash = (secret: string): Buffer => sha256(secret)
