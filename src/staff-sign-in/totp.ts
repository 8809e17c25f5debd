import { Secret, TOTP } from 'otpauth'

const RULE = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** Clocks differ: the code before and the one after count as well. */
const WINDOW = 1

/** 160 bits, as authenticator apps take them. */
export const newSecret = (): Buffer => Buffer.from(new Secret({ size: 20 }).bytes)

const secretOf = (bytes: Buffer) => new Secret({ buffer: new Uint8Array(bytes).buffer })

/** The secret as people type it: groups of four. */
export const secretText = (bytes: Buffer): string => secretOf(bytes).base32.replace(/(.{4})(?=.)/g, '$1 ')

/** What the QR code says. */
export const otpauthUri = (bytes: Buffer, issuer: string, label: string): string =>
  new TOTP({ ...RULE, secret: secretOf(bytes), issuer, label }).toString()

/** The six digits of what was typed (“482 913”); undefined when it isn't a code. */
export const typedTotp = (typed: string): string | undefined => {
  const digits = typed.replace(/[\s\p{Pd}]/gu, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}

/** The 30-second step, counted from 1970, whose code this is; undefined when it is none of now. */
export const matchingStep = (bytes: Buffer, code: string, now = Date.now()): number | undefined => {
  const delta = TOTP.validate({
    ...RULE,
    token: code,
    secret: secretOf(bytes),
    timestamp: now,
    window: WINDOW,
  })
  return delta === null ? undefined : Math.floor(now / 1000 / RULE.period) + delta
}

/** What an authenticator with this secret shows now. */
export const currentCode = (bytes: Buffer): string =>
  new TOTP({ ...RULE, secret: secretOf(bytes) }).generate()
