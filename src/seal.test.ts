import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { CannotUnseal, resealed, seal, unseal } from '#src/seal.ts'
import { useSecret } from '#src/secret.ts'

const OLD = 'the secret of last year, 32 characters long'
const NEW = 'the secret of this year, 32 characters long'
const quayline = '0198c0de-0000-7000-8000-000000000001'
const harbor = '0198c0de-0000-7000-8000-000000000002'

beforeEach(() => useSecret(OLD))

describe('a sealed value', () => {
  test('opens for its tenant and purpose only', () => {
    const sealed = seal(quayline, 'totp', 'JBSWY3DPEHPK3PXP')
    expect(unseal(quayline, 'totp', sealed).toString()).toBe('JBSWY3DPEHPK3PXP')
    expect(() => unseal(harbor, 'totp', sealed)).toThrow(CannotUnseal)
    expect(() => unseal(quayline, 'claude-key', sealed)).toThrow(CannotUnseal)
  })

  test('holds any bytes, is never twice the same, and opens no more when one of its bits was flipped', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat(7), (bytes, at, bit) => {
        const sealed = seal(quayline, 'claude-key', Buffer.from(bytes))
        expect(unseal(quayline, 'claude-key', sealed)).toEqual(Buffer.from(bytes))
        expect(seal(quayline, 'claude-key', Buffer.from(bytes))).not.toEqual(sealed)
        const changed = Buffer.from(sealed)
        const place = at % changed.length
        changed[place] = (changed[place] ?? 0) ^ (1 << bit)
        expect(() => unseal(quayline, 'claude-key', changed)).toThrow(CannotUnseal)
        expect(() => unseal(quayline, 'claude-key', sealed.subarray(0, place))).toThrow(CannotUnseal)
      }),
    )
  })
})

describe('a new APP_SECRET', () => {
  test('opens nothing of the old one, unless that is given as the previous one', () => {
    const sealed = seal(quayline, 'totp', 'x')
    useSecret(NEW)
    expect(() => unseal(quayline, 'totp', sealed)).toThrow(CannotUnseal)
    useSecret(NEW, OLD)
    expect(unseal(quayline, 'totp', sealed).toString()).toBe('x')
  })

  test('seals again what the old one sealed, once', () => {
    const sealed = seal(quayline, 'totp', 'x')
    expect(resealed(quayline, 'totp', sealed)).toBeUndefined()
    useSecret(NEW, OLD)
    const again = resealed(quayline, 'totp', sealed)
    useSecret(NEW)
    expect(again && unseal(quayline, 'totp', again).toString()).toBe('x')
    expect(again && resealed(quayline, 'totp', again)).toBeUndefined()
  })
})
