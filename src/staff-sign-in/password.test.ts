import { expect, test } from 'vitest'
import { isCommon } from '#src/staff-sign-in/common-passwords.ts'
import { fitsPassword, hashPassword, passwordProblem } from '#src/staff-sign-in/password.ts'

test('a hash names its parameters, and only the password fits it', async () => {
  const hash = await hashPassword('tin whistle over the quarry')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await fitsPassword('tin whistle over the quarry', hash)).toBe(true)
  expect(await fitsPassword('tin whistle over the quarrY', hash)).toBe(false)
  expect(await fitsPassword('anything', null)).toBe(false)
  const longest = 'blorp and '.repeat(13).slice(0, 128)
  expect(await fitsPassword(longest, await hashPassword(longest))).toBe(true)
  expect(await fitsPassword(`${longest}x`, await hashPassword(longest))).toBe(false)
  expect(await hashPassword('tin whistle over the quarry')).not.toBe(hash)
  const composed = await hashPassword('Zu\u0308rich Caf\u00e9 am See')
  expect(await fitsPassword('Z\u00fcrich Cafe\u0301 am See', composed)).toBe(true)
})

test.each([
  'password1234',
  'Password123!',
  'P@ssw0rd2026',
  'passwordpassword',
  'qwertyuiop12',
  '123456789012',
  '1qaz2wsx3edc',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'abcdefghijkl',
  'iloveyou1234',
  'SummerSummer',
  'Monday-Monday',
  'letmein-please',
  'Liverpool2025',
  'superman12345',
  'correcthorsebatterystaple',
  '!!!administrator!',
  'welcome@microsoft1',
])('%s is among the first that are tried', (password) => {
  expect(isCommon(password)).toBe(true)
})

test.each([
  'tin whistle over the quarry',
  'blorptangular',
  'k7Gq-93hs-pw0x',
  'Donaudampfschiff',
  'seven grey herons',
  '847261940372615',
  'ünterwegs im Nebel',
  '密码不应该太简单但是可以长一点',
])('%s is not', (password) => {
  expect(isCommon(password)).toBe(false)
})

test('words that anybody knows of the person make none', () => {
  expect(passwordProblem('NinaBerg2026', ['Nina Berg', 'nina@msp.example', 'Quayline IT'])).toBeDefined()
  expect(passwordProblem('quayline-nina', ['Nina Berg', 'nina@msp.example', 'Quayline IT'])).toBeDefined()
  expect(passwordProblem('blorptangular', ['Nina Berg', 'nina@msp.example', ''])).toBeUndefined()
  expect(passwordProblem('elevenchars', [])).toBe('staffSignIn.password.short')
  expect(passwordProblem(`${'blorp '.repeat(21)}and 3`, [])).toBe('staffSignIn.password.long')
})
