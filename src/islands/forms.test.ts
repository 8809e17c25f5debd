import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ground, openGround } from './test-ground.ts'

const browser = process.env.CHROMIUM

const form = `<div class="shell"><form method="post" action="/replies">
<draft-keeper data-owner="ann"><textarea name="body"></textarea></draft-keeper>
<button name="then" value="solve">Send and solve</button><button>Send</button></form></div>`

const filters = `<auto-filter><form method="get" action="/list"><input name="q">
<select name="status"><option value="">Any</option><option>solved</option></select><button class="apply">Apply</button></form></auto-filter>`

const pages = {
  '/ticket': form,
  '/colleague': form.replace('ann', 'bob'),
  '/out': '<form method="post" action="/portal/logout"><button>Sign out</button></form>',
  '/done': `<div class="shell"></div>`,
  '/login': 'Sign in',
  '/list': filters,
  '/code': '<code-input><input name="code"></code-input>',
  '/read':
    '<mark-read><form method="post" action="/reading"><input type="hidden" name="csrf" value="token"></form></mark-read>',
}

describe.skipIf(!browser)('forms', () => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(browser, pages)
  })
  afterAll(() => ground.close())
  beforeEach(() => {
    ground.posts.length = 0
    Object.assign(ground.answer, { status: 303, location: '/done', delay: 0 })
  })
  const typed = () => ground.page.inputValue('textarea')

  test('are sent once, whatever is pressed meanwhile, and say that they work', async () => {
    const { page, posts, answer } = ground
    await page.goto('/ticket')
    answer.delay = 2000
    const states = await page.evaluate(async () => {
      const button = [...document.querySelectorAll('button')].at(-1)
      for (let press = 0; press < 3; press++) button?.click()
      const before = button?.ariaBusy
      await new Promise((resolve) => setTimeout(resolve, 600))
      return [before, button?.ariaBusy, button?.ariaDisabled]
    })
    expect(states).toEqual([null, 'true', 'true'])
    await page.waitForURL('**/done')
    expect(posts.length).toBe(1)
  })

  test('are sent with Control + Enter, as by no button of a name', async () => {
    const { page, posts } = ground
    await page.goto('/ticket')
    await page.fill('textarea', 'by keyboard')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL('**/done')
    expect(posts).toEqual([{ path: '/replies', body: 'body=by+keyboard' }])
  })

  test('keep a draft until it was taken', async () => {
    const { page, answer } = ground
    await page.goto('/ticket')
    await page.fill('textarea', 'half an answer')
    await page.goto('/list')
    await page.goto('/ticket')
    expect(await typed()).toBe('half an answer')

    Object.assign(answer, { status: 500, location: undefined })
    await page.click('text="Send"')
    await page.waitForSelector('text=Failed')
    await page.goto('/ticket')
    expect(await typed()).toBe('half an answer')

    Object.assign(answer, { status: 303, location: '/login' })
    await page.click('text="Send"')
    await page.waitForURL('**/login')
    await page.goto('/ticket')
    expect(await typed()).toBe('half an answer')

    answer.location = '/done'
    await page.click('text="Send"')
    await page.waitForURL('**/done')
    await page.goto('/ticket')
    expect(await typed()).toBe('')
  })

  test('show what was sent no more when one goes back', async () => {
    const { page, answer } = ground
    Object.assign(answer, { status: 303, location: '/done' })
    await page.goto('/ticket')
    await page.fill('textarea', 'sent already')
    await page.click('text="Send"')
    await page.waitForURL('**/done')
    await page.goBack()
    expect(await typed()).toBe('')
  })

  test('keep a draft for its writer alone, and not beyond signing out', async () => {
    const { page } = ground
    await page.goto('/ticket')
    await page.fill('textarea', 'between us')
    await page.goto('/colleague')
    expect(await typed()).toBe('')
    await page.goto('/ticket')
    expect(await typed()).toBe('between us')
    await page.goto('/out')
    await page.click('text="Sign out"')
    await page.waitForURL('**/done')
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  })

  test('filter at once by pointer, on Apply by keyboard, and leave empty fields out', async () => {
    const { page, origin } = ground
    await page.goto('/list')
    await page.locator('select').dispatchEvent('pointerdown')
    await page.selectOption('select', 'solved')
    await page.waitForURL('**/list?status=solved')
    await page.goto('/list')
    await page.focus('select')
    await page.keyboard.press('ArrowDown')
    expect(page.url()).toBe(`${origin}/list`)
    await page.click('text=Apply')
    await page.waitForURL('**/list?status=solved')
  })

  test('take codes as they come', async () => {
    const { page } = ground
    await page.goto('/code')
    await page.evaluate(() => navigator.clipboard.writeText(' 4829-1357 '))
    await page.focus('input')
    await page.keyboard.press('Control+V')
    expect(await page.inputValue('input')).toBe('48291357')
  })

  test('mark as read after a second of being seen', async () => {
    const { page, posts } = ground
    await page.goto('/read')
    await page.waitForTimeout(500)
    expect(posts).toEqual([])
    await expect.poll(() => posts, { timeout: 5000 }).toEqual([{ path: '/reading', body: 'csrf=token' }])
  })
})
