import { createContext, useContext } from 'hono/jsx'
import type { Navigation } from '#src/home/navigation.ts'
import { type Translate, translator } from '#src/messages/index.ts'
import type { Preferences } from '#src/sign-in/session.ts'
import type { Tenant } from '#src/tenants/tenant.ts'
import type { Contact, Staff } from '#src/viewer.ts'
import { type Formats, formatsFor } from '#src/web/formats.ts'

export type Preview = { id: string; by: string; reason: string; until: Date; csrf: string }

/** What a page knows besides its own data: whose brand, which words, whose clock, and the token for its forms. */
export type View = {
  t: Translate
  format: Formats
  locale: string
  timeZone: string
  theme: Preferences['theme']
  now: Date
  tenant?: Tenant | undefined
  viewer?: Contact | undefined
  staff?: Staff | undefined
  /** Who of the MSP looks through the viewer's eyes, and what the bar above each page says about it. */
  preview?: Preview | undefined
  /** A token for the forms of this page; differs in each answer. */
  csrf: string
  path: string
  /** Fetches the numbers of the sidebar; `counts` holds them when the page is rendered. */
  navigation?: (() => Promise<Navigation>) | undefined
  counts?: Navigation | undefined
  /** One sentence that a redirect left behind. */
  flash?: string | undefined
}

export const makeView = (given: Omit<View, 't' | 'format' | 'now'>): View => {
  const t = translator(given.locale)
  const now = new Date()
  return { ...given, t, now, format: formatsFor(given.locale, given.timeZone, now, t) }
}

export const ViewContext = createContext<View | undefined>(undefined)

/** The view of the page that is being rendered. */
export const useView = (): View => {
  const view = useContext(ViewContext)
  if (!view) throw new Error('render pages with render(c, …)')
  return view
}

/** The view of a page of the staff app. */
export const useStaffView = () => {
  const view = useView()
  if (!view.staff || !view.tenant) throw new Error('this page is only for staff who have signed in')
  return { ...view, staff: view.staff, tenant: view.tenant }
}

/** The view of a page behind sign-in. */
export const usePortalView = () => {
  const view = useView()
  if (!view.viewer || !view.tenant) throw new Error('this page is only for people who have signed in')
  return { ...view, viewer: view.viewer, tenant: view.tenant }
}
