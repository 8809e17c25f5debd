import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openStreams } from '#src/live/hub.ts'
import { paths } from '#src/paths.ts'
import { hasBrowser, type Portal, portal } from '#test/e2e/portal.ts'
import { staffAnswer } from '#test/staff.ts'
import { seedTicket } from '#test/tickets.ts'
import { sessionOf, staffSessionOf } from '#test/world.ts'

describe.skipIf(!hasBrowser)('open pages', () => {
  let here: Portal
  beforeAll(async () => {
    here = await portal()
  })

  const enter = async (name: 'portal' | 'staff', value: string) => {
    const { page, context, complaints } = await here.open()
    await context.addCookies([{ name, value, url: here.origin }])
    return { page, context, complaints }
  }
  const streamOpen = async (page: Page, count: number) => {
    await page.waitForFunction(() => document.querySelector('live-updates') !== null)
    await expect.poll(openStreams, { timeout: 5_000 }).toBe(count)
  }

  it('show a reply of the other side within two seconds, and keep what is being written', async () => {
    const { alice, staff } = here.world
    const { id } = await seedTicket(alice, { subject: 'Live printer', body: 'It is on fire' })
    const client = await enter('portal', await sessionOf(alice))
    const desk = await enter('staff', await staffSessionOf(staff.technician))
    await client.page.goto(paths.ticket(id))
    await streamOpen(client.page, 1)
    await desk.page.goto(paths.staff.ticket(id))
    await streamOpen(desk.page, 2)

    await client.page.getByLabel('Your reply').fill('half a sent')
    await desk.page.getByLabel('Your reply to Acme').fill('Use the extinguisher')
    await desk.page.getByRole('button', { name: 'Send to Acme' }).click()
    const started = Date.now()
    await client.page.getByText('Use the extinguisher').waitFor({ timeout: 2_000 })
    expect(Date.now() - started).toBeLessThan(2_000)
    expect(await client.page.getByLabel('Your reply').inputValue()).toBe('half a sent')
    expect(await client.page.getByText('Use the extinguisher').count()).toBe(1)
    expect(await client.page.locator('live-updates [role=status]').textContent()).toContain('New')

    await client.page.getByLabel('Your reply').fill('It is out')
    await client.page.getByRole('button', { name: 'Send reply' }).click()
    await desk.page.locator('.thread').getByText('It is out').waitFor({ timeout: 2_000 })
    expect([client.complaints, desk.complaints]).toEqual([[], []])
    await client.context.close()
    await desk.context.close()
  })

  it('share one stream between tabs, and say in lists what has changed', async () => {
    const { bob, staff } = here.world
    const { id } = await seedTicket(bob, { subject: 'Live list', body: 'x', updated: new Date(2026, 0, 1) })
    await expect.poll(openStreams, { timeout: 5_000 }).toBe(0)
    const desk = await enter('staff', await staffSessionOf(staff.manager))
    await desk.page.goto(paths.staff.tickets())
    await streamOpen(desk.page, 1)
    const second = await desk.context.newPage()
    await second.goto(paths.staff.ticket(id))
    await expect.poll(openStreams, { timeout: 5_000 }).toBe(1)

    const client = await enter('portal', await sessionOf(bob))
    await client.page.goto(paths.ticket(id))
    await client.page.getByLabel('Your reply').fill('Anybody there?')
    await client.page.getByRole('button', { name: 'Send reply' }).click()
    await second.locator('.thread').getByText('Anybody there?').waitFor({ timeout: 3_000 })
    await desk.page.getByText('1 ticket changed').waitFor({ timeout: 3_000 })
    await desk.page.getByRole('link', { name: 'Refresh' }).click()
    await desk.page.getByText('Anybody there?').waitFor()
    await client.context.close()
    await desk.context.close()
    await expect.poll(openStreams, { timeout: 5_000 }).toBe(0)
  })

  it('close their stream while they are hidden, and catch up when they are seen again', async () => {
    const { alice, staff } = here.world
    const { id } = await seedTicket(alice, { subject: 'Out of sight', body: 'x' })
    const client = await enter('portal', await sessionOf(alice))
    await client.page.goto(paths.ticket(id))
    await streamOpen(client.page, 1)
    const turn = (state: string) =>
      client.page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    await turn('hidden')
    await expect.poll(openStreams, { timeout: 5_000 }).toBe(0)
    await staffAnswer(alice.tenant, staff.technician.id, id, { body: 'While you were out' })
    await turn('visible')
    await client.page.getByText('While you were out').waitFor({ timeout: 3_000 })
    expect(await client.page.getByText('While you were out').count()).toBe(1)
    await client.context.close()
    await expect.poll(openStreams, { timeout: 5_000 }).toBe(0)
  })
})
