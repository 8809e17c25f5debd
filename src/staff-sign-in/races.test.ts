import { beforeAll, expect, test } from 'vitest'
import { asSystem } from '#src/db/scope.ts'
import { aBrowser } from '#src/sign-in/test-browser.ts'
import { isChallenge, newChallenge, takeChallenge } from '#src/staff-sign-in/challenge.ts'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { startStep, stepToken } from '#src/staff-sign-in/steps.ts'
import { enrolled, withPassword } from '#src/staff-sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { type World, world } from '#test/world.ts'

const PASSWORD = 'tin whistle over the quarry'
const AT = '?tenant=quayline'
let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
  await withPassword(w.staff.manager, await hashPassword(PASSWORD))
})

/** As many browsers, each with the right password and before the second factor. */
const halfway = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const at = aBrowser(w.app)
      await at.get(`/staff/login${AT}`)
      await at.post(`/staff/login${AT}`, { email: w.staff.manager.email, password: PASSWORD })
      await at.get(`/staff/login/code${AT}`)
      return at
    }),
  )

test.each(['authenticator', 'recovery'] as const)(
  'one code of the %s, sent by five browsers at the same time, lets one of them in',
  async (which) => {
    const { code, recovery, again } = await enrolled(w.staff.manager)
    await again()
    const sent = which === 'recovery' ? (recovery[0] ?? '') : code()
    const browsers = await halfway(5)
    const answers = await Promise.all(browsers.map((at) => at.post(`/staff/login/code${AT}`, { code: sent })))
    expect(answers.filter(({ location }) => location === '/staff')).toHaveLength(1)
    expect(browsers.filter(({ jar }) => jar.has('staff'))).toHaveLength(1)
    await asOwner('delete from rate_count')
  },
)

test('ten guesses at the same time are five', async () => {
  await enrolled(w.staff.manager)
  const [at] = await halfway(1)
  await Promise.all(
    Array.from({ length: 10 }, (_, n) => at?.post(`/staff/login/code${AT}`, { code: `00000${n}` })),
  )
  const [step] = await asOwner<{ wrong_tries: number }>(
    `select wrong_tries from staff_step where kind = 'second-factor' order by id desc limit 1`,
  )
  expect(step?.wrong_tries).toBe(5)
  const over = await at?.get(`/staff/login/code${AT}`)
  expect(over?.location).toBe(`/staff/login${AT}`)
})

test('an invitation that is used ten times at the same time is used once', async () => {
  const { viewer } = w.staff
  const id = await asSystem('test', (db) => startStep(db, 'invitation', viewer.id), w.quayline)
  const at = aBrowser(w.app)
  await at.get(`/staff/login/invitation${AT}`)
  const fields = { t: stepToken(w.quayline, id), name: 'Vera', password: PASSWORD }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => at.post(`/staff/login/invitation${AT}`, fields)),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
})

test('a challenge is ours, for one purpose, for a while, and counts once', async () => {
  const challenge = newChallenge('sign-in here').toString('base64url')
  expect(isChallenge(challenge, 'sign-in here')).toBe(true)
  expect(isChallenge(challenge, 'sign-in there')).toBe(false)
  for (const wrong of [
    '',
    'AAAA',
    `${challenge}AA`,
    challenge.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
  ])
    expect(isChallenge(wrong, 'sign-in here')).toBe(false)
  const take = () => asSystem('test', (db) => takeChallenge(db, challenge, w.staff.manager.id), w.quayline)
  const taken = await Promise.all([take(), take(), take()])
  expect(taken.filter(Boolean)).toHaveLength(1)
})
