import { beforeAll, describe, expect, it } from 'vitest'
import { authenticator } from '#src/staff-sign-in/test-ground.ts'
import { createSetupLink } from '#src/tenants/setup-link.ts'
import { asOwner } from '#test/database.ts'
import { hasBrowser, mailTo, type Portal, portal } from '#test/e2e/portal.ts'

describe.skipIf(!hasBrowser)('from a set-up link to a team', () => {
  let here: Portal
  beforeAll(async () => {
    here = await portal()
  })

  it('three screens, a second factor, recovery codes, and an invitation that asks for proof once more', async () => {
    const { token } = await createSetupLink()
    const { page, complaints } = await here.open()
    await page.goto(`/setup#t=${token}`)
    expect(new URL(page.url()).hash).toBe('')
    await page.getByLabel('Name of your business').fill('Northwind IT')
    await page.getByLabel('Support e-mail').fill('help@northwind.example')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'How your portal looks' }).waitFor()
    await page.getByLabel('Desk hours').fill('Always')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'Who runs it' }).waitFor()
    await page.getByLabel('Your name').fill('Dana Fjord')
    await page.getByLabel('Your e-mail').fill('dana@northwind.example')
    await page.getByLabel('Password').fill('seven grey herons')
    await page.getByRole('button', { name: 'Set up the portal' }).click()
    await page.waitForURL(/enrollment/)
    const app = authenticator(await page.locator('strong.mono').innerText())
    await page.getByLabel('Code from the app').fill(app.code())
    await page.getByRole('button', { name: 'Turn on' }).click()
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    const [spare = ''] = await codes.allInnerTexts()
    expect(await codes.count()).toBe(10)
    await page.getByRole('link', { name: 'I’ve kept them' }).click()
    await page.waitForURL(/\/staff\/tickets/)

    await page.goto('/staff/team')
    await page.getByRole('link', { name: 'Invite somebody' }).click()
    await page.getByLabel('Name').fill('Nina Berg')
    await page.getByLabel('E-mail').fill('nina@northwind.example')
    await page.getByLabel('Manager').check()
    // she thinks it over for a while
    await asOwner(`update staff_session set proved_at = now() - interval '6 minutes'`)
    await page.getByRole('button', { name: 'Send invitation' }).click()
    await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor()
    await page.getByLabel('Code').fill(spare)
    await page.getByRole('button', { name: 'Confirm and go on' }).click()
    await page.getByRole('heading', { name: 'Nina Berg' }).waitFor()
    const { text } = await mailTo('nina@northwind.example')

    const { page: hers } = await here.open()
    await hers.goto(/http\S+#t=\S+/.exec(text)?.[0] ?? '')
    expect(new URL(hers.url()).hash).toBe('')
    await hers.getByLabel('Your name').fill('Nina Berg')
    await hers.getByLabel('New password').fill('a quite different brass band')
    await hers.getByRole('button', { name: 'Continue' }).click()
    await hers.waitForURL(/enrollment/)
    const second = authenticator(await hers.locator('strong.mono').innerText())
    await hers.getByLabel('Code from the app').fill(second.code())
    await hers.getByRole('button', { name: 'Turn on' }).click()
    await hers.getByRole('link', { name: 'I’ve kept them' }).click()
    await hers.waitForURL(/\/staff\/tickets/)
    expect(await hers.getByRole('link', { name: 'Your team' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
