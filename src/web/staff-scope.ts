import { getCookie } from 'hono/cookie'
import { beginStaff } from '#src/db/scope.ts'
import { storeUploads } from '#src/files/uploads.ts'
import type { StaffPermission } from '#src/permissions.ts'
import { readStaffSession } from '#src/staff-sign-in/session.ts'
import { can } from '#src/viewer.ts'
import { isRead, readBody, staffViewFor, toStaffLogin, within } from '#src/web/arrival.ts'
import { BadBody, type Form, TooMuch } from '#src/web/body.ts'
import type { AnyContext, StaffHandler } from '#src/web/context.ts'
import { trusted } from '#src/web/csrf.ts'
import { forbidden, notFound, problem } from '#src/web/errors.tsx'
import { originOf } from '#src/web/origin.ts'

/** The staff app is at the installation's own address only: a tenant's host doesn't have it. */
export const atHome = async (c: AnyContext, next: () => Promise<void>) =>
  (c.req.header('host') ?? '').toLowerCase() === c.var.site.host ? next() : notFound(c)

/**
 * The door of the staff app, as `contactOnly` is the portal's: a session of its own kind, the form's token, and one
 * transaction with the tenant's scope, read only for GET, undone when the handler fails or refuses.
 */
export const staffOnly: StaffHandler = async (c, next) => {
  const cookie = getCookie(c, c.get('site').cookies.staff)
  const session = await readStaffSession(cookie)
  if (!session || !cookie) return toStaffLogin(c)
  const { staff, tenant } = session
  c.set('staff', staff)
  c.set('view', staffViewFor(c, session, cookie))

  const read = isRead(c.req.method)
  let form: Form | undefined
  if (!read) {
    try {
      form = await readBody(c, tenant, staff.staffId)
    } catch (error) {
      if (error instanceof TooMuch) return problem(c, 429, { minutes: error.minutes })
      if (error instanceof BadBody) return problem(c, error.status === 413 ? 413 : 422)
      throw error
    }
    c.set('form', form)
  }
  try {
    if (form && !trusted(c, form.get('csrf'), cookie, originOf(c))) return forbidden(c, 'csrf')
    if (form) await storeUploads(staff.tenantId, form.files)
    const transaction = await beginStaff(staff, read ? 'read' : 'write')
    c.set('db', transaction.db)
    await within(transaction, c, next)
  } finally {
    await form?.discard()
  }
}

/** Names the permission of a staff route. A viewer reads what it opens and writes nothing. */
export const staffNeeds = (permission: StaffPermission): StaffHandler & { permission: StaffPermission } => {
  const guard: StaffHandler = async (c, next) => {
    const { staff } = c.var
    if (!can(staff, permission)) return forbidden(c)
    if (staff.role === 'viewer' && !isRead(c.req.method)) return forbidden(c)
    await next()
  }
  return Object.assign(guard, { permission })
}

/** Marks the few routes that everybody of the MSP has: their own sign-in, and the way out. */
export const staffSignedIn: StaffHandler & { permission: 'staffSignedIn' } = Object.assign(
  (async (_c, next) => next()) satisfies StaffHandler,
  { permission: 'staffSignedIn' as const },
)
