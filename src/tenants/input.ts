import { z } from 'zod'

const isTimeZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const isLocale = (tag: string) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

const logo = z.object({ type: z.enum(['image/svg+xml', 'image/png']), content: z.instanceof(Buffer) })

const categoryInput = z.object({
  name: z.string().trim().min(1).max(80),
  confidential: z.boolean().default(false),
})

const DEFAULT_CATEGORIES: z.input<typeof categoryInput>[] = [
  { name: 'Email and calendar' },
  { name: 'Computers' },
  { name: 'Network and Wi-Fi' },
  { name: 'Printing' },
  { name: 'Phones' },
  { name: 'Accounts and access' },
  { name: 'Software' },
  { name: 'Security' },
  { name: 'HR and people', confidential: true },
  { name: 'Something else' },
]

export const slugInput = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'must be 1 to 40 of a-z, 0-9 and - (not first or last)')

/** What it takes to begin a tenant: what the set-up page asks, and what the demo's file says. */
export const tenantInput = z.object({
  slug: slugInput,
  name: z.string().trim().min(1).max(120),
  supportEmail: z.email().max(254),
  supportPhone: z.string().trim().max(40).optional(),
  deskHours: z.string().trim().max(200).optional(),
  welcome: z.string().trim().max(1000).optional(),
  locale: z.string().refine(isLocale, 'is not a language tag, such as en-US').default('en-US'),
  timeZone: z.string().refine(isTimeZone, 'is not a time zone, such as Europe/Berlin').default('UTC'),
  brandColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be like #175c70')
    .transform((color) => color.toLowerCase())
    .default('#175c70'),
  logo: logo.optional(),
  categories: z.array(categoryInput).default(DEFAULT_CATEGORIES.map((given) => categoryInput.parse(given))),
})

export type TenantInput = z.input<typeof tenantInput>
