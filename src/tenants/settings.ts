import { z } from 'zod'
import { mailerSchema } from '#src/mail/mailer.ts'
import { AREA_NAMES } from '#src/permissions.ts'

/** What a tenant may set, with the defaults. Unknown keys are kept in the database and ignored here. */
const schema = z.object({
  linkMinutes: z.number().int().min(10).max(30).catch(30),
  sessionIdleMinutes: z.number().int().min(5).max(1440).catch(480),
  sessionDays: z.number().int().min(1).max(30).catch(7),
  staffIdleMinutes: z.number().int().min(5).max(480).catch(30),
  staffHours: z.number().int().min(1).max(24).catch(12),
  closeSolvedDays: z.number().int().min(1).max(90).catch(7),
  attachmentMegabytes: z.number().int().min(1).max(100).catch(25),
  /** Areas of the portal that are switched off. */
  areasOff: z.array(z.enum(AREA_NAMES)).catch([]),
  /** The tenant's own way to send mail. */
  mailer: mailerSchema.optional().catch(undefined),
})

export type TenantSettings = z.infer<typeof schema>

const defaults = schema.parse({})
const parsed = new WeakMap<object, TenantSettings>()

/** The settings of a tenant row's `settings` column; a value out of range counts as the default. */
export const settingsOf = (settings: unknown): TenantSettings => {
  if (settings === null || typeof settings !== 'object' || Object.keys(settings).length === 0) return defaults
  const known = parsed.get(settings)
  if (known) return known
  const made = schema.parse(settings)
  parsed.set(settings, made)
  return made
}
