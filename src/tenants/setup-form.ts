import { z } from 'zod'
import type { MessageKey, Values } from '#src/messages/index.ts'
import { addressProblem } from '#src/sign-in/address.ts'
import { passwordProblem } from '#src/staff-sign-in/password.ts'
import { slugInput, type TenantInput } from '#src/tenants/input.ts'
import type { Form } from '#src/web/body.ts'

/** What each of the three screens asks. The password is asked last, so that it never travels twice. */
export const SCREENS = [
  ['name', 'slug', 'supportEmail', 'supportPhone', 'timeZone'],
  ['brandColor', 'deskHours', 'welcome'],
  ['adminName', 'adminEmail', 'password'],
] as const

export type SetupField = (typeof SCREENS)[number][number]
export type Screen = 1 | 2 | 3
export type Typed = Record<SetupField, string>
type Problem = { key: MessageKey; values?: Values }
export type Problems = Partial<Record<SetupField, Problem>>
export type FirstAdministrator = { name: string; email: string; password: string }

const FIELDS: readonly SetupField[] = SCREENS.flat()

export const blank: Typed = {
  ...(Object.fromEntries(FIELDS.map((name) => [name, ''])) as Typed),
  brandColor: '#175c70',
  timeZone: 'UTC',
}

export const typedIn = (form: Form): Typed =>
  Object.fromEntries(
    FIELDS.map((name) => {
      const text = name === 'password' ? form.get(name) : form.get(name).trim()
      // a later screen's fields don't come before it
      return [name, text === '' && !form.names().includes(name) ? blank[name] : text]
    }),
  ) as Typed

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

const few = (text: string, max: number) => (text === '' ? undefined : words(text, max))

const unless = (fits: boolean, key: MessageKey): Problem | undefined => (fits ? undefined : { key })

const email = (text: string) =>
  words(text, 254) ??
  unless(addressProblem(text) === undefined && z.email().safeParse(text).success, 'setup.problem.email')

const password = (typed: Typed): Problem | undefined => {
  const key = passwordProblem(typed.password, [typed.adminName, typed.adminEmail, typed.name])
  return key && { key }
}

export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
]

/** What has to be mended on the screens up to this one, field by field; nothing when all is well. */
export const setupProblems = (typed: Typed, screen: Screen): Problems => {
  const problems: Problems = {
    name: words(typed.name, 120),
    slug: unless(slugInput.safeParse(typed.slug || slugFrom(typed.name)).success, 'setup.problem.slug'),
    supportEmail: email(typed.supportEmail),
    supportPhone: few(typed.supportPhone, 40),
    timeZone: unless(timeZones().includes(typed.timeZone), 'setup.problem.timeZone'),
    brandColor: unless(/^#[0-9a-f]{6}$/i.test(typed.brandColor), 'setup.problem.color'),
    deskHours: few(typed.deskHours, 200),
    welcome: few(typed.welcome, 1000),
    adminName: words(typed.adminName, 200),
    adminEmail: email(typed.adminEmail),
    password: password(typed),
  }
  const asked: readonly SetupField[] = SCREENS.slice(0, screen).flat()
  return Object.fromEntries(asked.flatMap((name) => (problems[name] ? [[name, problems[name]]] : [])))
}

/** The first screen that has something to mend. */
export const screenOf = (problems: Problems): Screen | undefined => {
  const at = SCREENS.findIndex((fields) => fields.some((name) => problems[name]))
  return at === -1 ? undefined : ((at + 1) as Screen)
}

/** The form as what it creates. Only for what `setupProblems` found nothing in. */
export const asInput = (typed: Typed): { tenant: TenantInput; administrator: FirstAdministrator } => ({
  tenant: {
    name: typed.name,
    slug: typed.slug || slugFrom(typed.name),
    supportEmail: typed.supportEmail,
    supportPhone: typed.supportPhone || undefined,
    deskHours: typed.deskHours || undefined,
    welcome: typed.welcome || undefined,
    brandColor: typed.brandColor,
    timeZone: typed.timeZone,
  },
  administrator: { name: typed.adminName, email: typed.adminEmail, password: typed.password },
})
