import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import { contactReader, type Reader, staffReader } from '#src/live/reader.ts'
import { openStream } from '#src/live/stream.ts'
import { isStopping } from '#src/operate/stopping.ts'
import type { Permission, StaffPermission } from '#src/permissions.ts'
import { readSession } from '#src/sign-in/session.ts'
import { readStaffSession } from '#src/staff-sign-in/session.ts'
import { can } from '#src/viewer.ts'
import { toLogin, toStaffLogin } from '#src/web/arrival.ts'
import type {
  PortalContext,
  PortalEnv,
  PortalHandler,
  StaffContext,
  StaffEnv,
  StaffHandler,
} from '#src/web/context.ts'
import { forbidden } from '#src/web/errors.tsx'

// The doors of portal and staff hold a transaction as long as they answer, and these answers take hours.

/** As `contactOnly` and `needs` are, without a transaction. */
const contactNeeds = (permission: Permission): PortalHandler & { permission: Permission } => {
  const guard: PortalHandler = async (c, next) => {
    // who looks through somebody's eyes sees her pages, and nothing that moves
    if (c.get('view')?.preview) return c.body(null, 204)
    const cookie = getCookie(c, c.var.site.cookies.session)
    const session = await readSession(cookie, 'glance')
    if (!session) return toLogin(c)
    if (!can(session.viewer, permission)) return forbidden(c)
    await next()
  }
  return Object.assign(guard, { permission })
}

/** As `staffOnly` and `staffNeeds` are, without a transaction. */
const deskNeeds = (permission: StaffPermission): StaffHandler & { permission: StaffPermission } => {
  const guard: StaffHandler = async (c, next) => {
    const cookie = getCookie(c, c.var.site.cookies.staff)
    const session = await readStaffSession(cookie, 'glance')
    if (!session) return toStaffLogin(c)
    if (!can(session.staff, permission)) return forbidden(c)
    await next()
  }
  return Object.assign(guard, { permission })
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

const moment = z.coerce.number().int().min(0).max(8.64e15)
const ticket = z.uuid()

/** A browser that comes back says what it saw last; one that comes for the first time when its page was made. */
const seenOf = (c: PortalContext | StaffContext) => {
  const last = c.req.header('last-event-id') ?? c.req.query('since')
  return {
    since: moment.safeParse(last).data ?? Date.now(),
    shown: ticket.safeParse(c.req.query('ticket')).data,
  }
}

const answer = async (c: PortalContext | StaffContext, reader: Reader | undefined) => {
  // for scripts alone: whatever else follows a link here must not hang
  if (!/\btext\/event-stream\b/.test(c.req.header('accept') ?? '') || !reader) return c.body(null, 204)
  if (isStopping()) return c.body(null, 503, { connection: 'close' })
  const stream = await openStream(reader, seenOf(c))
  return stream ? c.body(stream, 200, HEADERS) : c.body(null, 429)
}

export const portalLive = new Hono<PortalEnv>().get('/', contactNeeds('tickets:view'), async (c) =>
  answer(c, await contactReader(getCookie(c, c.var.site.cookies.session))),
)

export const staffLive = new Hono<StaffEnv>().get('/', deskNeeds('staff:tickets'), async (c) =>
  answer(c, await staffReader(getCookie(c, c.var.site.cookies.staff))),
)
