import { mkdirSync } from 'node:fs'
import axe from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#src/paths.ts'
import { DESKTOP, hasBrowser, PHONE, type Portal, portal } from '#test/e2e/portal.ts'
import { type Person, type StaffPerson, sessionOf, staffSessionOf } from '#test/world.ts'

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const pictures = process.env.PICTURES

/** What axe finds, as lines that name rule and place. */
const faults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async (tags) => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe }
    return (await here.run(document, { runOnly: tags })).violations
  }, STANDARDS)
  return violations.map(
    (found) =>
      `${found.id}: ${found.nodes.map((node) => `${node.target} ${node.failureSummary ?? ''}`).join(' | ')}`,
  )
}

const looks: [string, BrowserContextOptions][] = [
  ['desktop light', { ...DESKTOP, colorScheme: 'light' }],
  ['desktop dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['phone light', { ...PHONE, colorScheme: 'light' }],
  ['phone dark', { ...PHONE, colorScheme: 'dark' }],
]

const cookieOf = async (who: Person | StaffPerson) =>
  'role' in who
    ? { name: 'staff', value: await staffSessionOf(who) }
    : { name: 'portal', value: await sessionOf(who) }

describe.skipIf(!hasBrowser)('every page, in every look', () => {
  let here: Portal
  let pages: [name: string, who: Person | StaffPerson | undefined, path: string][]
  beforeAll(async () => {
    here = await portal()
    const { alice, roles, staff, tickets } = here.world
    const { manager, viewer } = roles
    pages = [
      ['sign-in', undefined, paths.login({ tenant: 'quayline' })],
      [
        'code',
        undefined,
        paths.loginCode({ request: '0199aaaa-0000-7000-8000-000000000000', tenant: 'quayline' }),
      ],
      ['link', undefined, `${paths.loginVerify({ tenant: 'quayline' })}#t=${'a'.repeat(64)}`],
      ['link without secret', undefined, paths.loginVerify({ tenant: 'quayline' })],
      ['set-up', undefined, `${paths.setup()}#t=${'a'.repeat(64)}`],
      ['home', manager, paths.home()],
      ['home of a viewer', viewer, paths.home()],
      ['tickets', manager, paths.tickets()],
      ['tickets, filtered', manager, paths.tickets({ tab: 'all', q: 'printer', priority: 'normal' })],
      ['tickets, none', manager, paths.tickets({ q: 'nothing like this' })],
      ['ticket', alice, paths.ticket(tickets.alices.id)],
      ['ticket of a viewer', manager, paths.ticket(tickets.amirs.id)],
      ['new ticket', manager, paths.newTicket()],
      ['sessions', alice, paths.sessions()],
      ['people', roles.admin, paths.people()],
      ['people, none', roles.admin, paths.people({ q: 'nothing like this' })],
      ['colleague', roles.admin, paths.colleague(alice.id)],
      ['colleague, own', roles.admin, paths.colleague(roles.admin.id)],
      ['colleague, new', roles.admin, paths.newColleague()],
      ['activity', roles.admin, paths.activity()],
      ['profile', alice, paths.profile()],
      ['approvals', staff.manager, paths.staff.approvals()],
      ['preview, why', staff.manager, paths.staff.preview(alice.id)],
      ['not found', alice, paths.ticket('0199aaaa-0000-7000-8000-000000000000')],
      ['forbidden', viewer, paths.newTicket()],
      ['not found, stranger', undefined, '/nothing'],
      ['mailbox', undefined, paths.mailbox()],
      ['staff sign-in', undefined, paths.staff.login({ tenant: 'quayline' })],
      ['staff sign-in, any', undefined, paths.staff.login()],
      ['staff, forgotten password', undefined, paths.staff.reset({ tenant: 'quayline' })],
      ['staff, new password', undefined, paths.staff.newPassword({ tenant: 'quayline' }, 'a'.repeat(64))],
      ['staff, invitation', undefined, paths.staff.invitation({ tenant: 'quayline' }, 'a'.repeat(64))],
      ['staff, own sign-in', staff.technician, paths.staff.security()],
      ['staff, authenticator', staff.technician, paths.staff.authenticator()],
      ['staff, new passkey', staff.technician, paths.staff.newPasskey()],
      ['staff, confirm', staff.technician, paths.staff.proof()],
      ['team', staff.administrator, paths.staff.team()],
      ['team, none', staff.administrator, paths.staff.team({ q: 'nothing like this' })],
      ['team, invite', staff.administrator, paths.staff.newMember()],
      ['team, member', staff.administrator, paths.staff.member(staff.viewer.id)],
    ]
  })

  it.each(looks)(
    '%s: no fault that axe finds, no sideways scroll, no complaint of the browser',
    { timeout: 600_000 },
    async (look, options) => {
      for (const [name, who, path] of pages) {
        const { page, context, complaints } = await here.open(options)
        if (who) await context.addCookies([{ ...(await cookieOf(who)), url: here.origin }])
        await page.goto(path, { waitUntil: 'load' })
        await page.evaluate(() => document.fonts.ready)
        if (pictures) {
          mkdirSync(pictures, { recursive: true })
          await page.screenshot({
            path: `${pictures}/${name} ${look}.png`.replaceAll(' ', '-').replaceAll(',', ''),
            fullPage: look.startsWith('desktop'),
          })
        }
        expect(await faults(page), `${name}, ${look}`).toEqual([])
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(width, `${name} scrolls sideways`).toBeLessThanOrEqual(options.viewport?.width ?? 0)
        expect(complaints, name).toEqual([])
        await context.close()
      }
    },
  )
})
