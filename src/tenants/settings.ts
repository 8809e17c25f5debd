import { z } from 'zod'
import { mailerSchema } from '#src/mail/mailer.ts'
import { AREA_NAMES } from '#src/permissions.ts'

/** The numbers that a tenant may set: least, most, usual. */
export const LIMITS = {
  linkMinutes: { min: 10, max: 30, usual: 30 },
  sessionIdleMinutes: { min: 5, max: 1440, usual: 480 },
  sessionDays: { min: 1, max: 30, usual: 7 },
  staffIdleMinutes: { min: 5, max: 480, usual: 30 },
  staffHours: { min: 1, max: 24, usual: 12 },
  closeSolvedDays: { min: 1, max: 90, usual: 7 },
  attachmentMegabytes: { min: 1, max: 100, usual: 25 },
} as const

const limit = (name: keyof typeof LIMITS) => {
  const { min, max, usual } = LIMITS[name]
  return z.number().int().min(min).max(max).catch(usual)
}

/** What a tenant may set, with the defaults. Unknown keys are kept in the database and ignored here. */
const schema = z.object({
  linkMinutes: limit('linkMinutes'),
  sessionIdleMinutes: limit('sessionIdleMinutes'),
  sessionDays: limit('sessionDays'),
  staffIdleMinutes: limit('staffIdleMinutes'),
  staffHours: limit('staffHours'),
  closeSolvedDays: limit('closeSolvedDays'),
  attachmentMegabytes: limit('attachmentMegabytes'),
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
