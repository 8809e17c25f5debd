import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { onlyTenant, type Tenant, tenantByHost, tenantBySlug } from '#src/tenants/tenant.ts'
import { BadBody, readForm } from '#src/web/body.ts'
import type { AnyContext, AnyEnv, PublicEnv } from '#src/web/context.ts'
import { csrfToken, trusted } from '#src/web/csrf.ts'
import { forbidden, notFound, problem } from '#src/web/errors.tsx'
import { originOf } from '#src/web/origin.ts'
import { makeView } from '#src/web/view.ts'

const YEAR = 365 * 24 * 3600

/** Whose page a stranger is on: the tenant's own host, else `?tenant=`, else the only one there is. */
const tenantMeant = async (c: AnyContext): Promise<Tenant | undefined> => {
  const host = (c.req.header('host') ?? '').toLowerCase()
  if (host !== c.var.site.host) return tenantByHost(host)
  const slug = c.req.query('tenant')
  return slug ? tenantBySlug(slug) : onlyTenant()
}

/**
 * A name that is neither ours nor a tenant's gets nothing: links and cookies belong to known hosts. Nor does an address
 * with the character that no text in the database can hold.
 */
export const knownHost: MiddlewareHandler<AnyEnv> = async (c, next) => {
  const host = (c.req.header('host') ?? '').toLowerCase()
  if (host !== c.var.site.host && !(await tenantByHost(host))) return problem(c, 421)
  if (c.req.url.includes('%00')) return notFound(c)
  await next()
}

/** A secret of this browser's, from before it signs in: forms and sign-in links are bound to it. */
const browserSecret = (c: Context<PublicEnv>) => {
  const { browser } = c.var.site.cookies
  const given = getCookie(c, browser)
  if (given && /^[\w-]{43}$/.test(given)) return { secret: given, known: true }
  const secret = randomBytes(32).toString('base64url')
  setCookie(c, browser, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.site.https,
    maxAge: YEAR,
  })
  return { secret, known: false }
}

/** The door of pages without a session: tenant's brand, the browser's secret, and for a write its checked form. */
export const anybody: MiddlewareHandler<PublicEnv> = async (c, next) => {
  const tenant = await tenantMeant(c)
  const { secret, known } = browserSecret(c)
  c.set('browser', secret)
  const locale = tenant?.locale ?? 'en-US'
  c.set(
    'view',
    makeView({
      locale,
      timeZone: tenant?.timeZone ?? 'UTC',
      theme: 'system',
      tenant,
      csrf: csrfToken(secret),
      path: c.req.path,
    }),
  )
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  try {
    const form = await readForm(c, {
      directory: join(c.var.site.dataDir, 'uploads'),
      fileBytes: 2_000_000,
      files: 1,
    })
    c.set('form', form)
    try {
      if (!known || !trusted(c, form.get('csrf'), secret, originOf(c))) return await forbidden(c, 'csrf')
      await next()
    } finally {
      await form.discard()
    }
  } catch (error) {
    if (error instanceof BadBody) return problem(c, error.status === 413 ? 413 : 422)
    throw error
  }
}
