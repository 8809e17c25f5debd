import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { keyed, sameBytes } from '#src/secret.ts'

const xor = (a: Buffer, b: Buffer) => {
  const mixed = Buffer.alloc(a.length)
  for (let i = 0; i < a.length; i++) mixed[i] = (a[i] ?? 0) ^ (b[i] ?? 0)
  return mixed
}

/** A form's token, bound to the cookie `secret`. Masked anew each time, so that compressed pages give nothing away. */
export const csrfToken = (secret: string): string => {
  const mask = randomBytes(32)
  return Buffer.concat([mask, xor(keyed('csrf', secret), mask)]).toString('base64url')
}

const tokenFits = (token: string, secret: string) => {
  const bytes = Buffer.from(token, 'base64url')
  return (
    bytes.length === 64 && sameBytes(xor(bytes.subarray(32), bytes.subarray(0, 32)), keyed('csrf', secret))
  )
}

/** Where the browser says that the request comes from; very old browsers say nothing, then the token decides alone. */
const fromHere = (c: Context, origin: string) => {
  const site = c.req.header('sec-fetch-site')
  if (site) return site === 'same-origin'
  const given = c.req.header('origin')
  return given === undefined || given === 'null' || given === origin
}

/** Whether a write may be believed: sent from a page of ours, with the token of that page. */
export const trusted = (
  c: Context,
  token: string | undefined,
  secret: string | undefined,
  origin: string,
): boolean => fromHere(c, origin) && token !== undefined && secret !== undefined && tokenFits(token, secret)
