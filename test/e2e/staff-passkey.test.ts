import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { grownStale, withPassword } from '#src/staff-sign-in/test-ground.ts'
import { hasBrowser, type Portal, portal } from '#test/e2e/portal.ts'

const PASSWORD = 'tin whistle over the quarry'

/** A security key that this browser has, which its owner unlocks and touches at once. */
const authenticatorOf = async (page: Page, verifies = true) => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  })
  return {
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    unlocks: (isUserVerified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

describe.skipIf(!hasBrowser)('a passkey', () => {
  let here: Portal
  beforeAll(async () => {
    here = await portal()
    await withPassword(here.world.staff.administrator, await hashPassword(PASSWORD))
  })

  it('is made instead of a code, signs in by itself, and shows again who it is', async () => {
    const { administrator } = here.world.staff
    const { page, complaints } = await here.open()
    const key = await authenticatorOf(page)
    await page.goto('/staff/login?tenant=quayline')
    await page.getByLabel('E-mail').fill(administrator.email)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(/enrollment/)
    await page.getByRole('button', { name: 'Make a passkey instead' }).click()
    await page.waitForURL(/\/staff\/tickets/)
    const [credential] = await key.credentials()
    expect(credential).toMatchObject({ isResidentCredential: true, rpId: 'localhost' })

    // what the page still asks for would get cookies of its own
    await page.goto('about:blank')
    await page.context().clearCookies()
    await page.goto('/staff/login?tenant=quayline')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL(/\/staff\/tickets/)

    await grownStale(administrator)
    await page.goto('/staff/proof?next=/staff/security')
    await page.getByRole('button', { name: 'Use a passkey instead' }).click()
    await page.waitForURL(/\/staff\/security/)
    expect(complaints).toEqual([])
  })

  it('without a tenant in the address finds its own; after another’s password too, but not for another', async () => {
    const { administrator } = here.world.staff
    const { page } = await here.open()
    await authenticatorOf(page)
    await page.goto('/staff/login')
    await page.getByLabel('Organization').fill('quayline')
    await page.getByLabel('E-mail').fill(administrator.email)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Continue' }).click()
    // she has a passkey and no authenticator app: her password leads to it and no further
    await page.waitForURL(/login\/code/)
    expect(await page.getByLabel('Code').count()).toBe(0)
    await page.goto('/staff/login/enrollment?tenant=quayline')
    expect(page.url()).toMatch(/\/staff\/login\?tenant=quayline/)
    // this browser's authenticator has no passkey
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('alert').filter({ hasText: 'didn’t answer' }).waitFor()
  })

  it('that isn’t unlocked, comes twice or was changed opens nothing', async () => {
    const { page } = await here.open()
    const key = await authenticatorOf(page)
    await withPassword(here.world.staff.manager, await hashPassword(PASSWORD))
    await page.goto('/staff/login?tenant=quayline')
    await page.getByLabel('E-mail').fill(here.world.staff.manager.email)
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(/enrollment/)
    await page.getByRole('button', { name: 'Make a passkey instead' }).click()
    await page.waitForURL(/\/staff\/tickets/)
    await page.goto('about:blank')
    await page.context().clearCookies()

    // keep what the browser sends, and send it again
    await page.goto('/staff/login?tenant=quayline')
    const pressed = await page.context().cookies()
    const [request] = await Promise.all([
      page.waitForRequest(/login\/passkey/),
      page.getByRole('button', { name: 'Sign in with a passkey' }).click(),
    ])
    await page.waitForURL(/\/staff\/tickets/)
    const sent = new URLSearchParams(request.postData() ?? '')
    expect(sent.get('passkey')).toContain('authenticatorData')
    await page.context().clearCookies()
    const again = async (passkey: string) => {
      await page.goto('about:blank')
      // with the secret that the browser had then, so that nothing but the second use is wrong
      await page.context().clearCookies()
      await page.context().addCookies(pressed)
      await page.goto('/staff/login?tenant=quayline')
      const fill = (value: string) => {
        const field = document.querySelector<HTMLInputElement>('input[name=passkey]')
        if (field) field.value = value
        setTimeout(() => field?.form?.submit())
      }
      await page.evaluate(fill, passkey)
      await page.waitForURL(/login\/passkey/)
      await page.getByText('isn’t known here').waitFor()
      expect((await page.context().cookies()).some(({ name }) => name === 'staff')).toBe(false)
    }
    await again(sent.get('passkey') ?? '')
    await again('{"not": "one"}')
    await again('not even JSON')

    await key.unlocks(false)
    await page.goto('/staff/login?tenant=quayline')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('alert').filter({ hasText: 'didn’t answer' }).waitFor()
  })
})
