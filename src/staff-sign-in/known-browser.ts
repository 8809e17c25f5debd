import { randomBytes } from 'node:crypto'
import { keyed, sameBytes } from '#src/secret.ts'

const MOST = 5

const vouch = (id: string, account: string) =>
  keyed('staff known browser', `${id} ${account}`).subarray(0, 16).toString('base64url')

const parts = (cookie: string | undefined) => {
  const [id = '', ...vouchers] = (cookie ?? '').split('.')
  return /^[\w-]{22}$/.test(id) ? { id, vouchers: vouchers.slice(0, MOST) } : undefined
}

/**
 * The name of a browser that has signed in to this account before, as its long-lived cookie proves; undefined for all
 * others. Such a browser has tries of its own, so strangers can't use them up.
 */
export const knownAs = (cookie: string | undefined, account: string): string | undefined => {
  const given = parts(cookie)
  if (!given) return undefined
  const own = Buffer.from(vouch(given.id, account))
  return given.vouchers.some((voucher) => sameBytes(Buffer.from(voucher), own)) ? given.id : undefined
}

/** The cookie of a browser that has just signed in: it knows the last five accounts. */
export const knownCookie = (cookie: string | undefined, account: string): string => {
  const given = parts(cookie) ?? { id: randomBytes(16).toString('base64url'), vouchers: [] }
  const own = vouch(given.id, account)
  return [given.id, own, ...given.vouchers.filter((voucher) => voucher !== own)].slice(0, MOST + 1).join('.')
}
