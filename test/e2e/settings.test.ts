import axe from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#src/paths.ts'
import { DESKTOP, hasBrowser, PHONE, type Portal, portal } from '#test/e2e/portal.ts'
import { asStaff, staffSessionOf } from '#test/world.ts'

const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe }
    return (await here.run(document)).violations
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`)
}

const looks: [string, BrowserContextOptions][] = [
  ['desktop light', { ...DESKTOP, colorScheme: 'light' }],
  ['phone dark', { ...PHONE, colorScheme: 'dark' }],
]

describe.skipIf(!hasBrowser)('audit log and settings', () => {
  let here: Portal
  let pages: string[]
  beforeAll(async () => {
    here = await portal()
    const admin = await asStaff(here.world.staff.administrator)
    const announcement = {
      title: 'Closed on Friday',
      severity: 'attention',
      audience: 'all',
      from: '2026-01-01T08:00',
    }
    await admin.post(paths.staff.announcements(), announcement)
    const log = await admin.get(paths.staff.audit())
    const event = /href="(\/staff\/audit\/[0-9a-f-]{36})"/.exec(log.text)?.[1] ?? ''
    pages = [
      paths.staff.audit(),
      paths.staff.audit({ q: 'nothing like it' }),
      event,
      ...['brand', 'hosts', 'mail', 'claude', 'limits', 'areas'].map((tab) => paths.staff.settingsOf(tab)),
      paths.staff.categories(),
      paths.staff.announcements(),
      paths.staff.newAnnouncement(),
    ]
  })

  it.each(looks)(
    '%s: no fault that axe finds, no sideways scroll',
    { timeout: 600_000 },
    async (_, options) => {
      const { page, context, complaints } = await here.open(options)
      const value = await staffSessionOf(here.world.staff.administrator)
      await context.addCookies([{ name: 'staff', value, url: here.origin }])
      for (const path of pages) {
        expect((await page.goto(path))?.status(), path).toBe(200)
        expect(await faults(page), path).toEqual([])
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(width, `${path} scrolls sideways`).toBeLessThanOrEqual(options.viewport?.width ?? 0)
      }
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})
