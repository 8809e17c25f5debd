import { type Context, Hono } from 'hono'
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

const FORWARDED = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  'via',
]

/** Asked on this machine by its own name. A proxy here says for whom it asks, or at least which host they meant. */
const isFromHere = (c: Context<AnyEnv>) => {
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase()
  return (
    isLoopback(c.get('address')) &&
    ['localhost', '127.0.0.1', '[::1]'].includes(host) &&
    !FORWARDED.some((name) => c.req.header(name))
  )
}

/** Prometheus' text: from this machine without a proxy between, or with `Authorization: Bearer METRICS_TOKEN`. */
export const metrics = new Hono<AnyEnv>().get('/', async (c) => {
  const { metricsToken } = c.get('site')
  const given = (c.req.header('authorization') ?? '').replace(/^Bearer /, '')
  const allowed = metricsToken ? sameBytes(sha256(given), sha256(metricsToken)) : isFromHere(c)
  if (!allowed) return notFound(c)
  return c.body(await allMetrics(), 200, { 'content-type': registry.contentType })
})
