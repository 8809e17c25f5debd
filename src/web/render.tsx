import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { asPreviewed } from '#src/impersonation/bar.tsx'
import type { MessageKey } from '#src/messages/index.ts'
import type { AnyContext } from '#src/web/context.ts'
import { ViewContext } from '#src/web/view.ts'

const compress = promisify(gzip)
const WORTH_IT = 1_400

/** Answers a page: rendered whole, so that nothing is sent before its transaction is over. */
export const render = async (c: AnyContext, page: Child, status: ContentfulStatusCode = 200) => {
  const view = c.var.view
  // a page that says what went wrong must not fail on the same transaction
  view.counts = await view.navigation?.().catch(() => undefined)
  const whole = String(await (<ViewContext.Provider value={view}>{page}</ViewContext.Provider>).toString())
  const text = await asPreviewed(view, whole)
  const headers = { 'content-type': 'text/html; charset=utf-8', vary: 'Accept-Encoding, Cookie' }
  if (text.length < WORTH_IT || !/\bgzip\b/.test(c.req.header('accept-encoding') ?? ''))
    return c.body(Buffer.from(text), status, headers)
  return c.body(await compress(text, { level: 5 }), status, { ...headers, 'content-encoding': 'gzip' })
}

const options = (c: AnyContext, seconds: number) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: c.var.site.https, maxAge: seconds }) as const

/** Leaves one sentence for the next page. */
export const flash = (c: AnyContext, key: MessageKey) =>
  setCookie(c, c.var.site.cookies.flash, key, options(c, 30))

/** The sentence that the last answer left, once. */
export const takeFlash = (c: AnyContext): string | undefined => {
  const name = c.var.site.cookies.flash
  const key = getCookie(c, name)
  if (key) deleteCookie(c, name, { path: '/', secure: c.var.site.https })
  return key
}
