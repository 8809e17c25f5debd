import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { admitDemoStaff } from '#src/demo/staff.ts'
import { importFiles } from '#src/imports/import.ts'
import { root } from '#src/root.ts'
import { createTenant } from '#src/tenants/create.ts'
import { tenantInput } from '#src/tenants/input.ts'
import { tenantIdOf } from '#src/tenants/manage.ts'

const DAY = 24 * 60 * 60 * 1000
const FILES = ['companies.csv', 'staff.csv', 'contacts.csv', 'tickets.csv', 'ticket_messages.csv']

const describedTenant = tenantInput.omit({ logo: true }).extend({
  logo: z.string(),
  /** The moment that the demo's files call now. */
  referenceInstant: z.iso.datetime().transform((text) => new Date(text)),
})

/**
 * Moves the demo's times by whole days, so that its reference instant is within the last 24 hours and nothing is in the
 * future.
 */
export const toToday = (reference: Date, now = new Date()) => {
  const shift = Math.floor((now.getTime() - reference.getTime()) / DAY) * DAY
  return (time: Date): Date => {
    const moved = time.getTime() + shift
    return new Date(moved > now.getTime() ? moved - Math.ceil((moved - now.getTime()) / DAY) * DAY : moved)
  }
}

const isEmpty = (tenantId: string) =>
  asSystem(
    'look for demo data',
    async (db) => !(await db.selectFrom('company').select('id').limit(1).executeTakeFirst()),
    tenantId,
  )

/** Loads the demo provider and its clients from demo/, through the importers that everybody uses. Once: later it does nothing. */
export const loadDemo = async (folder = join(root, 'demo')): Promise<void> => {
  const file = (name: string) => join(folder, name)
  const { referenceInstant, logo, ...described } = describedTenant.parse(
    JSON.parse(await readFile(file('tenant.json'), 'utf8')),
  )
  const content = await readFile(file(logo))
  const type = logo.endsWith('.svg') ? 'image/svg+xml' : 'image/png'
  await createTenant({ ...described, logo: { type, content } })
  const tenantId = await tenantIdOf(described.slug)
  if (!tenantId || !(await isEmpty(tenantId))) return
  const report = await importFiles({
    tenantId,
    files: FILES.map((name) => ({ path: file(name) })),
    filesFolder: file('files'),
    source: 'demo',
    strict: true,
    moveTime: toToday(referenceInstant),
  })
  if (!report.committed) throw new Error(`The demo can't be loaded:\n  ${report.errors.join('\n  ')}`)
  await admitDemoStaff(tenantId)
}
