import { join } from 'node:path'
import type { Context } from 'hono'
import { isMessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { Session } from '#src/sign-in/session.ts'
import { type Form, readForm } from '#src/web/body.ts'
import type { PortalEnv } from '#src/web/context.ts'
import { csrfToken } from '#src/web/csrf.ts'
import { takeFlash } from '#src/web/render.tsx'
import { makeView } from '#src/web/view.ts'

export const isRead = (method: string) => method === 'GET' || method === 'HEAD'

/** Where to come back to after signing in: only a page, and only by GET. */
export const toLogin = (c: Context<PortalEnv>) => {
  const url = new URL(c.req.url)
  return c.redirect(paths.login(isRead(c.req.method) ? { next: url.pathname + url.search } : {}), 303)
}

/** What the pages of this session know; takes the sentence that the last answer left. */
export const viewFor = (c: Context<PortalEnv>, session: Session, cookie: string) => {
  // a page fetched ahead may never be shown
  const shown = isRead(c.req.method) && !c.req.header('sec-purpose')
  const flashed = shown ? takeFlash(c) : undefined
  const view = makeView({
    ...session.preferences,
    tenant: session.tenant,
    viewer: session.viewer,
    csrf: csrfToken(cookie),
    path: c.req.path,
  })
  // only our own sentences: a cookie can be forged
  if (flashed?.endsWith('.done') && isMessageKey(flashed)) view.flash = view.t(flashed)
  return view
}

/** The form of a write: ten files at most, each as large as the tenant allows. */
export const readBody = (c: Context<PortalEnv>, session: Session): Promise<Form> =>
  readForm(c, {
    directory: join(c.get('site').dataDir, 'uploads'),
    fileBytes: session.tenant.settings.attachmentMegabytes * 1_000_000,
    files: 10,
  })
