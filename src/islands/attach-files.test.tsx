import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DropZone } from '../web/ui/attach.tsx'
import { type Ground, openGround } from './test-ground.ts'

const browser = process.env.CHROMIUM

const text = {
  remove: 'Remove {name}',
  tooBig: '{name} is over {limit}',
  added: '{name} added',
  removed: '{name} removed',
  pasted: 'Pasted as {name}',
}

const file = (name: string, bytes: number) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.alloc(bytes, 'x'),
})

describe.skipIf(!browser)('attaching files', () => {
  let ground: Ground
  beforeAll(async () => {
    const zone = (
      <DropZone id="files" maxBytes={1_000_000} text={text} label="Add files" hint="or drop them" />
    )
    const body = `<form method="post" action="/x" enctype="multipart/form-data"><textarea name="body"></textarea>${zone}<button>Send</button></form>`
    const reply = body
      .replace('<textarea name="body"></textarea>', '')
      .replace('</attach-files>', '<textarea name="body" required></textarea></attach-files>')
    ground = await openGround(browser, { '/': body, '/reply': reply, '/done': 'Done' })
  })
  afterAll(() => ground.close())

  const listed = () =>
    ground.page
      .locator('.chosen li')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [...row.querySelectorAll('[data-name], [data-size]')].map((part) => part.textContent),
        ),
      )
  const held = () =>
    ground.page
      .locator('input[type=file]')
      .evaluate((input: HTMLInputElement) => [...(input.files ?? [])].map(({ name }) => name))

  test('lists what was chosen, in several goes, and takes one out again', async () => {
    const { page } = ground
    await page.goto('/')
    await page.setInputFiles('#files', [file('a.txt', 5), file('b.log', 214_000)])
    await page.setInputFiles('#files', [file('c.txt', 2_000)])
    expect(await listed()).toEqual([
      ['a.txt', '1 kB'],
      ['b.log', '214 kB'],
      ['c.txt', '2 kB'],
    ])
    await page.click('[aria-label="Remove b.log"]')
    expect(await held()).toEqual(['a.txt', 'c.txt'])
    expect(await page.locator('output').textContent()).toBe('b.log removed')
    expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Remove c.txt')
  })

  test('warns of files that are too big and holds them back', async () => {
    const { page, posts } = ground
    await page.goto('/')
    await page.setInputFiles('#files', [file('huge.bin', 1_000_001)])
    expect(await listed()).toEqual([['huge.bin', 'huge.bin is over 1 MB']])
    await page.click('text=Send')
    await page.waitForTimeout(300)
    expect(posts).toEqual([])
  })

  test('lets a screenshot be the whole answer, where the text stands with the files', async () => {
    const { page } = ground
    await page.goto('/reply')
    const asksForText = () => page.locator('textarea').evaluate((area: HTMLTextAreaElement) => area.required)
    expect(await asksForText()).toBe(true)
    await page.setInputFiles('#files', [file('seen.png', 5)])
    expect(await asksForText()).toBe(false)
    await page.click('[aria-label="Remove seen.png"]')
    expect(await asksForText()).toBe(true)
  })

  test('takes dropped files and pasted screenshots, and leaves pasted text alone', async () => {
    const { page, posts } = ground
    await page.goto('/')
    await page.evaluate(async () => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['x'], 'dropped.txt'))
      const options = { bubbles: true, cancelable: true, dataTransfer }
      document.querySelector('textarea')?.dispatchEvent(new DragEvent('drop', options))
      const canvas = new OffscreenCanvas(8, 8)
      canvas.getContext('2d')
      const picture = await canvas.convertToBlob({ type: 'image/png' })
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
    })
    await page.focus('textarea')
    await page.keyboard.press('Control+V')
    await expect.poll(async () => (await held()).length).toBe(2)
    expect((await held()).join()).toMatch(/^dropped\.txt,screenshot-\d{8}-\d{6}\.png$/)

    await page.evaluate(() => navigator.clipboard.writeText('only words'))
    await page.keyboard.press('Control+V')
    expect(await page.inputValue('textarea')).toBe('only words')

    await page.click('text=Send')
    await page.waitForURL('**/done')
    expect(posts[0]?.body).toMatch(/filename="dropped.txt"[\s\S]+filename="screenshot-\d{8}-\d{6}\.png"/)
  })
})
