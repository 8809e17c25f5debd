import { keyed, openToken, sameBytes, sealToken } from '#src/secret.ts'

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const mark = (id: Buffer) => keyed('invitation', id).subarray(0, 16)

/** What an invitation's link carries: tenant, invitation, and a mark that only we can make. It opens nothing. */
export const invitationToken = (tenantId: string, invitationId: string): string => {
  const id = bytesOf(invitationId)
  return sealToken(tenantId, Buffer.concat([id, mark(id)]))
}

/** The tenant and the invitation that a token of ours names. */
export const readInvitation = (token: string): { tenantId: string; invitationId: string } | undefined => {
  const opened = openToken(token)
  if (!opened) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(16, 32)
  if (!sameBytes(bytes.subarray(32), mark(id))) return undefined
  const text = id.toString('hex')
  return {
    tenantId: opened.tenantId,
    invitationId: text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  }
}
