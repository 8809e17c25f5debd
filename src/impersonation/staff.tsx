import { Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { AskPage, REASON } from '#src/impersonation/pages/ask.tsx'
import { HandOffPage } from '#src/impersonation/pages/hand-off.tsx'
import { askForPreview, endPreview, findPreview, findTarget, openPreview } from '#src/impersonation/start.ts'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound, problem } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds, staffSignedIn } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

const ID = ':id{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'
const MINUTES = 30

/** Mounted at /staff/contacts, beside the contact's own page. */
export const contactPreview = new Hono<StaffEnv>()

contactPreview.get(`/${ID}/preview`, staffNeeds('staff:impersonate'), fresh, async (c) => {
  const target = await findTarget(c.var.db, c.req.param('id'))
  return target ? render(c, <AskPage target={target} />) : notFound(c)
})

const problemOf = (reason: string): MessageKey | undefined => {
  const { length } = [...reason]
  if (length < REASON.least) return 'preview.reason.short'
  return length > REASON.most ? 'preview.reason.long' : undefined
}

contactPreview.post(`/${ID}/preview`, staffNeeds('staff:impersonate'), fresh, async (c) => {
  const { db, staff, form, address } = c.var
  const target = await findTarget(db, c.req.param('id'))
  if (!target) return notFound(c)
  const reason = form.get('reason').trim()
  const wrong = problemOf(reason)
  if (wrong || !target.comesIn)
    return render(c, <AskPage target={target} reason={reason} problem={wrong} />, 422)
  const id = await askForPreview(db, staff, target, reason, address)
  return id ? c.redirect(paths.staff.handOff(id), 303) : problem(c, 409)
})

export const previews = new Hono<StaffEnv>()

const handOff = async (c: StaffContext, id: string) => {
  const preview = await findPreview(c.var.db, c.var.staff, id)
  if (!preview) return notFound(c)
  const contact = { id: preview.contact_id, name: preview.name }
  const status = preview.ready ? 200 : 409
  return render(c, <HandOffPage id={id} contact={contact} ready={preview.ready} />, status)
}

previews.get(`/${ID}`, staffNeeds('staff:impersonate'), (c) => handOff(c, c.req.param('id')))

// where the button came back too late, opened again
previews.get(`/${ID}/opening`, staffNeeds('staff:impersonate'), (c) => handOff(c, c.req.param('id')))

previews.post(`/${ID}/opening`, staffNeeds('staff:impersonate'), async (c) => {
  const { db, staff, address, site } = c.var
  const id = c.req.param('id')
  const token = await openPreview(db, staff, id, address)
  if (!token) return handOff(c, id)
  const { https: secure } = site
  setCookie(c, site.cookies.preview, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    maxAge: MINUTES * 60,
  })
  // pages that the browser fetched ahead are of another person
  c.header('clear-site-data', '"prefetchCache", "prerenderCache"')
  return c.redirect(paths.home(), 303)
})

previews.post(`/${ID}/ending`, staffSignedIn, async (c) => {
  const { db, staff, address, site } = c.var
  const contact = await endPreview(db, staff, c.req.param('id'), address)
  if (!contact) return notFound(c)
  deleteCookie(c, site.cookies.preview, { path: '/', secure: site.https })
  c.header('clear-site-data', '"prefetchCache", "prerenderCache"')
  flash(c, 'preview.end.done')
  return c.redirect(paths.staff.contact(contact), 303)
})
