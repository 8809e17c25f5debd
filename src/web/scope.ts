import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { begin } from '#src/db/scope.ts'
import { storeUploads } from '#src/files/uploads.ts'
import { navigation } from '#src/home/navigation.ts'
import type { Permission } from '#src/permissions.ts'
import { readSession } from '#src/sign-in/session.ts'
import { can } from '#src/viewer.ts'
import { isRead, readBody, toLogin, viewFor, within } from '#src/web/arrival.ts'
import { BadBody, type Form, TooMuch } from '#src/web/body.ts'
import type { PortalEnv, PortalHandler } from '#src/web/context.ts'
import { trusted } from '#src/web/csrf.ts'
import { forbidden, problem } from '#src/web/errors.tsx'
import { originOf } from '#src/web/origin.ts'
import { SPECULATION } from '#src/web/speculation.ts'

/**
 * The door of the portal: a session, or back to sign-in. A write's body is read and its token checked first; then the
 * handler runs in one transaction with the contact's scope, read only for GET, undone when it fails or refuses.
 */
export const contactOnly: PortalHandler = async (c, next) => {
  if (c.get('view').preview) return next()
  const cookie = getCookie(c, c.get('site').cookies.session)
  const session = await readSession(cookie)
  if (!session || !cookie) return toLogin(c)
  const { viewer } = session
  c.set('viewer', viewer)
  c.set('view', viewFor(c, session, cookie))

  const read = isRead(c.req.method)
  c.header('speculation-rules', SPECULATION.header)
  let form: Form | undefined
  if (!read) {
    try {
      form = await readBody(c, session.tenant, viewer.contactId)
    } catch (error) {
      if (error instanceof TooMuch) return problem(c, 429, { minutes: error.minutes })
      if (error instanceof BadBody) return problem(c, error.status === 413 ? 413 : 422)
      throw error
    }
    c.set('form', form)
  }
  try {
    if (form && !trusted(c, form.get('csrf'), cookie, originOf(c))) return forbidden(c, 'csrf')
    if (form) await storeUploads(viewer.tenantId, form.files)
    const transaction = await begin(viewer, read ? 'read' : 'write')
    c.set('db', transaction.db)
    const counting = read ? navigation(transaction.db, viewer) : undefined
    counting?.catch(() => {})
    c.get('view').navigation = () => counting ?? navigation(transaction.db, viewer)
    await within(transaction, c, next)
  } finally {
    await form?.discard()
  }
}

/** Names the permission of a route; without it the answer is 403, from the very next request after it was taken away. */
export const needs = (permission: Permission): PortalHandler & { permission: Permission } => {
  const guard: MiddlewareHandler<PortalEnv> = async (c, next) => {
    if (!can(c.get('viewer'), permission)) return forbidden(c)
    await next()
  }
  return Object.assign(guard, { permission })
}

/** Marks the few routes that every signed-in contact has. */
export const signedIn: PortalHandler & { permission: 'signedIn' } = Object.assign(
  (async (_c, next) => next()) satisfies PortalHandler,
  { permission: 'signedIn' as const },
)
