import type { AnyContext } from '#src/web/context.ts'

/** The origin that this request's browser shows: the installation's, or https on a tenant's own host. */
export const originOf = (c: AnyContext): string => {
  const site = c.var.site
  const host = (c.req.header('host') ?? '').toLowerCase()
  return host === site.host ? site.origin : `${site.https ? 'https' : 'http'}://${host}`
}
