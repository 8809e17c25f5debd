import { z } from 'zod'
import type { MessageKey, Values } from '#src/messages/index.ts'
import { addressProblem } from '#src/sign-in/address.ts'
import { slugInput, type TenantInput } from '#src/tenants/input.ts'
import type { Form } from '#src/web/body.ts'

const FIELDS = [
  'name',
  'slug',
  'supportEmail',
  'supportPhone',
  'brandColor',
  'timeZone',
  'companyName',
  'contactName',
  'contactEmail',
] as const

export type SetupField = (typeof FIELDS)[number]
export type Typed = Record<SetupField, string>
type Problem = { key: MessageKey; values?: Values }
export type Problems = Partial<Record<SetupField, Problem>>
export type FirstPerson = { companyName: string; name: string; email: string }

export const blank: Typed = {
  ...(Object.fromEntries(FIELDS.map((name) => [name, ''])) as Typed),
  brandColor: '#175c70',
  timeZone: 'UTC',
}

export const typedIn = (form: Form): Typed =>
  Object.fromEntries(FIELDS.map((name) => [name, form.get(name).trim()])) as Typed

/** “Quayline IT” → `quayline-it`. */
const slugFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')

const words = (text: string, max: number): Problem | undefined => {
  if (text === '') return { key: 'form.required' }
  return text.length > max ? { key: 'setup.problem.long', values: { max } } : undefined
}

const unless = (fits: boolean, key: MessageKey): Problem | undefined => (fits ? undefined : { key })

const email = (text: string) =>
  words(text, 254) ??
  unless(addressProblem(text) === undefined && z.email().safeParse(text).success, 'setup.problem.email')

export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
]

/** What has to be mended before the portal can be set up, field by field; nothing when it can. */
export const setupProblems = (typed: Typed): Problems => {
  const problems: Problems = {
    name: words(typed.name, 120),
    slug: unless(slugInput.safeParse(typed.slug || slugFrom(typed.name)).success, 'setup.problem.slug'),
    supportEmail: email(typed.supportEmail),
    supportPhone: typed.supportPhone === '' ? undefined : words(typed.supportPhone, 40),
    brandColor: unless(/^#[0-9a-f]{6}$/i.test(typed.brandColor), 'setup.problem.color'),
    timeZone: unless(timeZones().includes(typed.timeZone), 'setup.problem.timeZone'),
    companyName: words(typed.companyName, 200),
    contactName: words(typed.contactName, 200),
    contactEmail: email(typed.contactEmail),
  }
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined))
}

/** The form as what it creates. Only for what `setupProblems` found nothing in. */
export const asInput = (typed: Typed): { tenant: TenantInput; person: FirstPerson } => ({
  tenant: {
    name: typed.name,
    slug: typed.slug || slugFrom(typed.name),
    supportEmail: typed.supportEmail,
    supportPhone: typed.supportPhone || undefined,
    brandColor: typed.brandColor,
    timeZone: typed.timeZone,
  },
  person: { companyName: typed.companyName, name: typed.contactName, email: typed.contactEmail },
})
