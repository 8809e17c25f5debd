import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { log } from '#src/log.ts'
import { observe } from '#src/operate/metrics.ts'
import type { AnyEnv } from '#src/web/context.ts'
import { clientAddress, type Site } from '#src/web/site.ts'
import { makeView } from '#src/web/view.ts'

/** Gives the request its site, client address and number, and leaves one line and one measurement behind. */
export const about = (site: Site): MiddlewareHandler<AnyEnv> => {
  // for what fails before anybody is known
  const stranger = makeView({ locale: 'en', timeZone: 'UTC', theme: 'system', csrf: '', path: '' })
  return async (c, next) => {
    const started = performance.now()
    const id = randomUUID()
    c.set('site', site)
    c.set('requestId', id)
    c.set('view', stranger)
    c.set('address', clientAddress(c, site))
    await next()
    const milliseconds = performance.now() - started
    observe(c.req.method, c.res.status, milliseconds)
    // the path alone: a query may hold what somebody searched for
    if (log.isLevelEnabled('debug') || c.res.status >= 500)
      log.info(
        {
          id,
          method: c.req.method,
          path: c.req.path,
          status: c.res.status,
          ms: Math.round(milliseconds * 10) / 10,
        },
        'request',
      )
  }
}
