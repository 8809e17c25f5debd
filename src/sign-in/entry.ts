import { randomBytes } from 'node:crypto'
import { getCookie, setCookie } from 'hono/cookie'
import { paths } from '#src/paths.ts'
import type { Entry, Visit } from '#src/sign-in/consume.ts'
import { browserHash } from '#src/sign-in/links.ts'
import type { PublicContext } from '#src/web/context.ts'

const YEAR = 365 * 24 * 3600

/** This request as sign-in sees it, and the secret that its browser gets if it comes in. */
export const visitOf = (c: PublicContext): { visit: Visit; secret: string } => {
  const secret = randomBytes(32).toString('base64url')
  const visit = {
    browser: browserHash(c.var.browser),
    newBrowser: browserHash(secret),
    cookie: getCookie(c, c.var.site.cookies.session),
    ip: c.var.address,
    userAgent: c.req.header('user-agent') ?? '',
  }
  return { visit, secret }
}

/** Hands over the session, which lives no longer than its row, and goes where the person wanted to be. */
export const letIn = (c: PublicContext, entry: Entry, secret: string) => {
  const { cookies, https } = c.var.site
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', secure: https } as const
  setCookie(c, cookies.session, entry.token, { ...options, maxAge: entry.seconds })
  setCookie(c, cookies.browser, secret, { ...options, maxAge: YEAR })
  return c.redirect(entry.next ?? paths.home(), 303)
}
