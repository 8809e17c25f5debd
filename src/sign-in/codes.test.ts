import { beforeAll, describe, expect, test } from 'vitest'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { openToken } from '#src/secret.ts'
import { aBrowser, askFor, type Browser, follow, sentence, typeCode } from '#src/sign-in/test-browser.ts'
import { askAndRead, mailsTo } from '#src/sign-in/test-ground.ts'
import { type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})

const other = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, '0')
const triesOf = async (request: string) => {
  const [row] = await systemQuery<{ wrong_tries: number }>(
    'select wrong_tries from login_request where id = $1',
    [request],
  )
  return row?.wrong_tries
}
const isIn = async (browser: Browser) => (await browser.get(paths.home())).status === 200

test.each(['%s', ' %s ', '1234 5678', '1234-5678', '1234–5678'])(
  'a code signs in, typed as “%s”',
  async (shape) => {
    const browser = aBrowser(w.app)
    const { request, code } = await askAndRead(browser, w.bob.email, '/portal/tickets')
    const typed = shape.includes('%s')
      ? shape.replace('%s', code)
      : code.slice(0, 4) + shape[4] + code.slice(4)
    expect(await typeCode(browser, request, typed)).toMatchObject({
      status: 303,
      location: '/portal/tickets',
    })
    expect(await isIn(browser)).toBe(true)
  },
)

test('what is no code at all takes no try', async () => {
  const browser = aBrowser(w.app)
  const request = await askFor(browser, w.bob.email)
  for (const typed of ['', '1234567', '123456789', 'abcdefgh', '１２３４５６７８'])
    expect((await typeCode(browser, request, typed)).text).toContain('Type all eight digits of the code.')
  expect(await triesOf(request)).toBe(0)
})

describe('ML-06', () => {
  test('a token has 256 random bits, a code eight digits', async () => {
    const { token, code } = await askAndRead(aBrowser(w.app), w.roles.user.email)
    expect(openToken(token)?.tenantId).toBe(w.quayline)
    expect(Buffer.from(token, 'base64url').subarray(16)).toHaveLength(32)
    expect(code).toMatch(/^\d{8}$/)
  })

  test('a hundred guesses at once from a hundred addresses get five tries; the link still works', async () => {
    const browser = aBrowser(w.app)
    const { request, code, token } = await askAndRead(browser, w.roles.viewer.email)
    await browser.get(paths.loginCode({ request }))
    const guess = (at: number) =>
      browser.post(paths.loginCode({ request }), { code: other(code) }, { 'x-forwarded-for': `10.9.0.${at}` })
    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => guess(at)))
    const left = answers.map(({ text }) => /You have (\d) tr/.exec(text)?.[1]).filter(Boolean)
    expect(left.sort()).toEqual(['1', '2', '3', '4'])
    expect(await triesOf(request)).toBe(5)
    const right = await typeCode(browser, request, code)
    expect(right.status).toBe(422)
    expect(right.text).toContain('Five tries didn’t match')
    expect((await follow(browser, token)).status).toBe(303)
  })

  test('tries of one browser for one address count together, whichever of its requests they are typed for', async () => {
    const browser = aBrowser(w.app)
    const first = await askAndRead(browser, w.roles.approver.email)
    const second = await askAndRead(browser, w.roles.approver.email)
    for (const request of [first.request, second.request, first.request, second.request])
      await typeCode(browser, request, other(first.code))
    expect([await triesOf(first.request), await triesOf(second.request)]).toEqual([4, 4])
  })
})

test('the code of an earlier mail works on the page of a later request', async () => {
  const browser = aBrowser(w.app)
  const first = await askAndRead(browser, w.roles.manager.email)
  const again = await browser.post(paths.login(), { email: w.roles.manager.email, again: 'yes' })
  const page = await browser.get(again.location)
  expect(page.text).toContain('We’ve sent the message again.')
  expect((await browser.post(again.location, { code: first.code })).status).toBe(303)
})

test('consuming one link kills the contact’s others and the rest of its request', async () => {
  const [laptop, phone] = [aBrowser(w.app), aBrowser(w.app)]
  await askFor(laptop, w.samAtAcme.email)
  const [onLaptop] = await mailsTo(w.samAtAcme.email)
  await askFor(phone, w.samAtAcme.email)
  const [onPhone] = await mailsTo(w.samAtAcme.email)
  const [acme, bolt] = onLaptop?.ways ?? []
  const [acmeOnPhone, boltOnPhone] = onPhone?.ways ?? []
  expect((await follow(laptop, acme?.token ?? '')).status).toBe(303)
  const keeper = laptop.copy({})
  expect((await follow(keeper, bolt?.token ?? '')).status).toBe(422)
  expect((await follow(phone, acmeOnPhone?.token ?? '')).status).toBe(422)
  expect((await follow(phone, boltOnPhone?.token ?? '')).status).toBe(303)
})

describe('another browser', () => {
  test('isn’t shown whose request it is, can’t use its code, and takes none of its tries', async () => {
    const [owner, stranger] = [aBrowser(w.app), aBrowser(w.app)]
    const { request, code } = await askAndRead(owner, w.roles.accounting.email)
    const page = await stranger.get(paths.loginCode({ request }))
    expect(page.text).not.toContain(w.roles.accounting.email)
    expect((await owner.get(paths.loginCode({ request }))).text).toContain(w.roles.accounting.email)
    const foreign = await typeCode(stranger, request, code)
    expect(foreign.status).toBe(422)
    const unknown = await typeCode(stranger, '01900000-0000-7000-8000-000000000000', code)
    expect(sentence.of(foreign)).toBe(sentence.of(unknown))
    expect(sentence.without(foreign)).toBe(sentence.without(unknown))
    expect(await triesOf(request)).toBe(0)
    expect((await typeCode(owner, request, code)).status).toBe(303)
  })
})

test('an expired code says so, and the page offers a new one', async () => {
  const browser = aBrowser(w.app)
  const { request, code } = await askAndRead(browser, w.bob.email)
  await systemQuery(`update login_request set expires_at = now() - interval '1 second' where id = $1`, [
    request,
  ])
  const answer = await typeCode(browser, request, code)
  expect(answer.text).toContain('The code’s time is over')
  expect(answer.text).toContain('E-mail me a new code')
})
