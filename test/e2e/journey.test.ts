import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#src/paths.ts'
import { DESKTOP, hasBrowser, mailTo, PHONE, type Portal, portal, secretsOf } from '#test/e2e/portal.ts'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.skipIf(!hasBrowser)('from an e-mail address to a ticket answered', () => {
  let here: Portal
  beforeAll(async () => {
    here = await portal()
  })

  const journeys = [
    { name: 'on a desktop', size: DESKTOP, who: 'alice' },
    { name: 'on a phone', size: PHONE, who: 'amir' },
  ] as const

  for (const { name, size, who } of journeys)
    it(name, async () => {
      const person = here.world[who]
      const ticket = here.world.tickets[who === 'alice' ? 'alices' : 'amirs']
      const { page, complaints } = await here.open(size)
      // her address is known at another tenant too
      await page.goto(paths.login({ tenant: 'quayline' }))
      await page.getByLabel('Work e-mail').fill(person.email)
      await page.getByRole('button', { name: 'E-mail me a code' }).click()
      await page.waitForURL(/login\/code/)
      const { link } = secretsOf((await mailTo(person.email)).text)
      await page.goto(link)
      await expect.poll(() => page.evaluate(() => location.hash)).toBe('')
      await page.getByRole('button', { name: /Continue/ }).click()
      await page.waitForURL(here.origin + paths.home())
      await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain(person.name)

      await page.goto(paths.tickets())
      await page
        .getByRole('link', { name: /printer|laptop/ })
        .first()
        .click()
      await page.waitForURL(here.origin + paths.ticket(ticket.id))
      await page.getByLabel('Your reply').fill(`It happened again, says ${person.name}`)
      await page.getByLabel('Your reply').evaluate((box, png) => {
        const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
        box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, PNG)
      await page.getByRole('button', { name: 'Send reply' }).click()
      await page.waitForURL(/#m-/)
      await page.getByText(`It happened again, says ${person.name}`).waitFor()
      const file = page.getByRole('link', { name: /screenshot.*\.png/i })
      const answer = await page.request.get((await file.getAttribute('href')) ?? '')
      expect(answer.headers()['content-type']).toBe('image/png')

      await page.goto(paths.newTicket())
      await page.getByLabel('In one sentence').fill(`New from ${person.name}`)
      await page.getByLabel('What happened?').fill('The scanner beeps.')
      await page.getByRole('button', { name: /^Send to/ }).click()
      await page.getByRole('heading', { level: 1, name: `New from ${person.name}` }).waitFor()
      await page.getByText('Ticket sent').waitFor()
      expect(complaints).toEqual([])
    })

  it('without scripts: by the code', async () => {
    const person = here.world.samAtBolt
    const { page } = await here.open({ ...DESKTOP, javaScriptEnabled: false })
    await page.goto(paths.login())
    await page.getByLabel('Work e-mail').fill(person.email)
    await page.getByRole('button', { name: 'E-mail me a code' }).click()
    const mail = await mailTo(person.email)
    await page.locator('input[name=code]').fill(secretsOf(mail.text).code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(here.origin + paths.home())
    await page.goto(paths.newTicket())
    await page.getByLabel('In one sentence').fill('Without scripts')
    await page.getByLabel('What happened?').fill('It works.')
    await page.getByRole('button', { name: /^Send to/ }).click()
    await page.getByLabel('Your reply').fill('And so does this.')
    await page.getByRole('button', { name: 'Send reply' }).click()
    await page.getByText('And so does this.').waitFor()
  })

  it('by keyboard alone', async () => {
    const person = here.world.roles.manager
    const { page } = await here.open()
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focus = async (name: string | RegExp, role: 'link' | 'button' | 'textbox' = 'link') => {
      const target = page.getByRole(role, { name }).first()
      for (let n = 0; n < 80; n++) {
        if (await target.evaluate((element) => element === document.activeElement)) return
        await press('Tab')
      }
      throw new Error(`Tab never came to ${name}`)
    }
    await page.goto(paths.login())
    await focus('Work e-mail', 'textbox')
    await page.keyboard.type(person.email)
    await press('Enter')
    await page.waitForURL(/login\/code/)
    await focus(/code/i, 'textbox')
    await page.keyboard.type(secretsOf((await mailTo(person.email)).text).code)
    await press('Enter')
    await page.waitForURL(here.origin + paths.home())
    await focus('Skip to content')
    await press('Enter')
    await focus('Tickets')
    await press('Enter')
    await page.waitForURL(here.origin + paths.tickets())
    await focus('Alice printer')
    await press('Enter')
    await page.waitForURL(here.origin + paths.ticket(here.world.tickets.alices.id))
    await focus('Your reply', 'textbox')
    await page.keyboard.type('Typed by keyboard')
    await press('Control+Enter')
    await page.waitForURL(/#m-/)
    await page.getByText('Typed by keyboard').waitFor()
  })
})
