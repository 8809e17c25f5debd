import { z } from 'zod'
import { timeZones } from '#src/tenants/setup-form.ts'
import type { Form } from '#src/web/body.ts'

/** English is the one language so far; the region decides how dates and numbers look. */
export const LOCALES = ['en-US', 'en-GB', 'en-CA', 'en-AU', 'en-IE'] as const
export const THEMES = ['system', 'light', 'dark'] as const
export const MAILS = ['all', 'own', 'none'] as const

const schema = z.object({
  locale: z.enum(LOCALES).or(z.literal('').transform(() => null)),
  time_zone: z
    .string()
    .refine((zone) => zone === '' || timeZones().includes(zone))
    .transform((zone) => zone || null),
  theme: z.enum(THEMES),
  mails: z.enum(MAILS),
})

/** The form as what is stored; undefined when a value is none of those that it offers. */
export const preferencesIn = (form: Form) =>
  schema.safeParse({
    locale: form.get('locale'),
    time_zone: form.get('timeZone'),
    theme: form.get('theme'),
    mails: form.get('mails'),
  }).data
