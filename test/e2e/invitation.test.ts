import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#src/paths.ts'
import { databaseHash } from '#src/sign-in/test-ground.ts'
import { hasBrowser, mailTo, type Portal, portal, secretsOf } from '#test/e2e/portal.ts'
import { staffSessionOf } from '#test/world.ts'

describe.skipIf(!hasBrowser)('an invitation', () => {
  let here: Portal
  beforeAll(async () => {
    here = await portal()
  })

  it('is sent by staff, changes nothing when it is opened, and leads to a sign-in of her own', async () => {
    const { uninvited: nora, staff } = here.world
    const desk = await here.open()
    const staffCookie = { name: 'staff', value: await staffSessionOf(staff.manager), url: here.origin }
    await desk.context.addCookies([staffCookie])
    await desk.page.goto(paths.staff.contact(nora.id))
    await desk.page.getByRole('button', { name: 'Invite' }).click()
    await desk.page.getByText('Invitation on its way.').waitFor()

    const { link } = secretsOf((await mailTo(nora.email)).text)
    const { page, complaints } = await here.open()
    const before = await databaseHash()
    await page.goto(link)
    expect(await page.evaluate(() => location.hash)).toBe('')
    expect(await databaseHash()).toBe(before)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText(nora.email).waitFor()
    const { code } = secretsOf((await mailTo(nora.email, 2)).text)
    await page.getByLabel('Code').fill(code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/portal')
    expect(complaints).toEqual([])
  })
})
