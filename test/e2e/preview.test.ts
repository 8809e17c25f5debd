import { beforeAll, describe, expect, test } from 'vitest'
import { REASON } from '#src/impersonation/test-ground.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { DESKTOP, hasBrowser, PHONE, type Portal, portal } from '#test/e2e/portal.ts'
import { staffSessionOf } from '#test/world.ts'

const shots = process.env.SHOTS

describe.skipIf(!hasBrowser)('looking at the portal as a contact', () => {
  let it: Portal
  beforeAll(async () => {
    it = await portal()
  })

  test.each([
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)('from the reason to Stop, on a %s', async (name, options) => {
    const { staff, alice, tickets } = it.world
    const { page, context } = await it.open(options)
    const value = await staffSessionOf(staff.manager)
    await context.addCookies([{ name: 'staff', value, url: it.origin, httpOnly: true, sameSite: 'Lax' }])
    await page.goto(it.origin + paths.staff.preview(alice.id))
    await page.getByLabel('Why do you look?').fill(REASON)
    if (shots) await page.screenshot({ path: `${shots}/preview-ask-${name}.png`, fullPage: true })
    await page.getByRole('button', { name: 'Continue' }).click()
    const opens = context.waitForEvent('page')
    await page.getByRole('button', { name: 'Open the portal as Alice' }).click()
    const seen = await opens
    await seen.waitForURL(it.origin + paths.home())
    const bar = seen.getByRole('region', { name: 'Preview' })
    await expect.poll(() => bar.innerText()).toContain('managerStaff, you’re looking at the portal as Alice.')

    // what a visit of hers would leave behind: the read mark that the page sends by itself after a second
    await seen.goto(it.origin + paths.ticket(tickets.alices.id))
    await seen.waitForTimeout(1_600)
    if (shots) await seen.screenshot({ path: `${shots}/preview-ticket-${name}.png` })
    await seen.locator('form.composer textarea').fill('Not from her')
    await seen.keyboard.press('Control+Enter')
    await seen.locator('form.composer button[aria-disabled=true]').last().click({ force: true })
    await seen.waitForTimeout(300)
    expect(new URL(seen.url()).pathname).toBe(paths.ticket(tickets.alices.id))
    expect(await asOwner('select contact_id from ticket_read where contact_id = $1', [alice.id])).toEqual([])
    expect(await asOwner(`select id from audit_event where action = 'preview.refused'`)).toEqual([])

    await bar.getByRole('button', { name: 'Stop' }).click()
    await seen.waitForURL(it.origin + paths.staff.contact(alice.id))
    await seen.goto(it.origin + paths.home())
    expect(new URL(seen.url()).pathname).toBe(paths.login())
    await context.close()
  })
})
