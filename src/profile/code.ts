import { keyed, sameBytes } from '#src/secret.ts'

/** Eight digits, worked out from the request's id and APP_SECRET whenever its mail is rendered: nothing is stored of them. */
export const proofCode = (changeId: string): string =>
  String(keyed('profile code', changeId).readBigUInt64BE() % 100_000_000n).padStart(8, '0')

export const isProof = (changeId: string, code: string): boolean =>
  sameBytes(Buffer.from(proofCode(changeId)), Buffer.from(code))
