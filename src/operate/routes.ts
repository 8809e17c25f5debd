import { Hono } from 'hono'
import { systemQuery } from '#src/db/scope.ts'
import { allMetrics } from '#src/operate/all-metrics.ts'
import { registry } from '#src/operate/metrics.ts'
import { isStopping } from '#src/operate/stopping.ts'
import { sameBytes, sha256 } from '#src/secret.ts'
import type { AnyEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'

/** `/healthz`: the process answers. `/readyz`: it may be given traffic. */
export const health = new Hono<AnyEnv>()
  .get('/healthz', (c) => c.text('ok'))
  .get('/readyz', async (c) => {
    if (isStopping()) return c.text('stopping', 503)
    try {
      await systemQuery('select 1', [])
      return c.text('ready')
    } catch {
      return c.text('no database', 503)
    }
  })

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')

/** Prometheus' text: from this machine without a proxy between, or with `Authorization: Bearer METRICS_TOKEN`. */
export const metrics = new Hono<AnyEnv>().get('/', async (c) => {
  const { metricsToken } = c.get('site')
  const given = (c.req.header('authorization') ?? '').replace(/^Bearer /, '')
  const allowed = metricsToken
    ? sameBytes(sha256(given), sha256(metricsToken))
    : isLoopback(c.get('address')) && !c.req.header('x-forwarded-for')
  if (!allowed) return notFound(c)
  return c.body(await allMetrics(), 200, { 'content-type': registry.contentType })
})
