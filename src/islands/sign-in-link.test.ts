import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ground, openGround } from './test-ground.ts'

const browser = process.env.CHROMIUM

const verify = `<sign-in-link>
<div data-with-link hidden><form method="post" action="/consume"><input type="hidden" name="t"><button>Continue</button></form></div>
<div data-without-link>Type the code</div></sign-in-link>`

describe.skipIf(!browser)('the page that a sign-in link opens', () => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(browser, { '/verify': verify, '/done': 'Welcome' })
  })
  afterAll(() => ground.close())

  test('asks for the code where there is no secret', async () => {
    await ground.page.goto('/verify')
    expect(await ground.page.isVisible('text=Type the code')).toBe(true)
    expect(await ground.page.isVisible('text=Continue')).toBe(false)
  })

  test('takes the secret out of the address and sends it only when a person continues', async () => {
    const { page, posts, origin } = ground
    await page.goto('about:blank')
    await page.goto('/verify#t=first-secret_1')
    expect(page.url()).toBe(`${origin}/verify`)
    expect(await page.locator('[name=t]').inputValue()).toBe('')
    expect(await page.isVisible('text=Type the code')).toBe(false)
    await page.waitForTimeout(300)
    expect(posts).toEqual([])
    await page.click('text=Continue')
    await page.waitForURL('**/done')
    expect(posts).toEqual([{ path: '/consume', body: 't=first-secret_1' }])
  })

  test('takes the secret of a second link that opens in the same tab', async () => {
    const { page, posts } = ground
    posts.length = 0
    await page.goto('/verify#t=older')
    await page.evaluate(() => location.assign('#t=newer'))
    await page.waitForFunction(() => location.hash === '')
    await page.click('text=Continue')
    await page.waitForURL('**/done')
    expect(posts[0]?.body).toBe('t=newer')
  })
})
