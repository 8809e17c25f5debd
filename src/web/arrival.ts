import { join } from 'node:path'
import type { Context } from 'hono'
import type { Transaction } from '#src/db/scope.ts'
import { isMessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { Preferences, Session } from '#src/sign-in/session.ts'
import type { StaffSession } from '#src/staff-sign-in/session.ts'
import type { Tenant } from '#src/tenants/tenant.ts'
import { type Form, readForm, TooMuch } from '#src/web/body.ts'
import type { AnyContext, PortalEnv, StaffEnv } from '#src/web/context.ts'
import { csrfToken } from '#src/web/csrf.ts'
import { overRate } from '#src/web/rate.ts'
import { flash, takeFlash } from '#src/web/render.tsx'
import { makeView, type View } from '#src/web/view.ts'

export const isRead = (method: string) => method === 'GET' || method === 'HEAD'

/** Signing in leads back to the page that was asked for, or to the one whose form came too late: its draft is there. */
export const toLogin = (c: Context<PortalEnv>) => {
  const read = isRead(c.req.method)
  const from = read ? c.req.url : c.req.header('referer')
  const page = from && URL.canParse(from) ? new URL(from) : undefined
  const ours = page && (read || page.origin === c.get('site').origin)
  if (!read && c.req.header('sec-fetch-dest') === 'document' && c.req.path !== paths.logout())
    flash(c, 'signIn.ended.done')
  return c.redirect(paths.login(ours ? { next: page.pathname + page.search } : {}), 303)
}

/** What the pages of this session know; takes the sentence that the last answer left. */
const viewOf = (
  c: AnyContext,
  known: Preferences & Pick<View, 'tenant' | 'viewer' | 'staff'>,
  cookie: string,
) => {
  // a page fetched ahead may never be shown
  const shown = isRead(c.req.method) && !c.req.header('sec-purpose')
  const flashed = shown ? takeFlash(c) : undefined
  const view = makeView({ ...known, csrf: csrfToken(cookie), path: c.req.path })
  // only our own sentences: a cookie can be forged
  if (flashed?.endsWith('.done') && isMessageKey(flashed)) view.flash = view.t(flashed)
  return view
}

export const viewFor = (c: Context<PortalEnv>, { preferences, tenant, viewer }: Session, cookie: string) =>
  viewOf(c, { ...preferences, tenant, viewer }, cookie)

export const staffViewFor = (
  c: Context<StaffEnv>,
  { preferences, tenant, staff }: StaffSession,
  cookie: string,
) => viewOf(c, { ...preferences, tenant, staff }, cookie)

/** Back to the page that was asked for, once they have signed in. */
export const toStaffLogin = (c: Context<StaffEnv>) => {
  const from = isRead(c.req.method) ? new URL(c.req.url) : undefined
  const next = from && from.pathname !== paths.staff.home() ? from.pathname + from.search : undefined
  return c.redirect(paths.staff.login({ next }), 303)
}

const HOUR = 60

/**
 * The form of a write: ten files at most, each as large as the tenant allows. Throws TooMuch when this person has sent
 * more writes or bytes than a person does: each reply is a mail to everybody on its ticket, each file stays on the disk.
 */
export const readBody = async (c: AnyContext, tenant: Tenant, person: string): Promise<Form> => {
  const { dataDir, writeLimit, uploadLimit } = c.var.site
  const writes = await overRate({ name: 'write', most: writeLimit, minutes: 10 }, person)
  if (writes) throw new TooMuch(writes)
  const fileBytes = tenant.settings.attachmentMegabytes * 1_000_000
  const form = await readForm(c, { directory: join(dataDir, 'uploads'), fileBytes, files: 10 })
  const kilobytes = form.files.reduce((sum, file) => sum + Math.ceil(file.bytes / 1000), 0)
  const rate = { name: 'upload', most: uploadLimit, minutes: HOUR }
  const wait = kilobytes > 0 && (await overRate(rate, person, kilobytes))
  if (!wait) return form
  await form.discard()
  throw new TooMuch(wait)
}

/**
 * Lets the handler run in the request's transaction, and ends it: undone when it failed or refused a write. A read's commit
 * is not waited for, because there is nothing to commit.
 */
export const within = async (transaction: Transaction, c: AnyContext, next: () => Promise<void>) => {
  try {
    await next()
  } catch (error) {
    // even the error page failed
    await transaction.rollback()
    throw error
  }
  const read = isRead(c.req.method)
  if (c.error || (!read && c.res.status >= 400)) await transaction.rollback()
  else if (read) void transaction.commit().catch(() => {})
  else await transaction.commit()
}
