import { Hono } from 'hono'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { sha256 } from '#src/secret.ts'
import { type Tenant, tenantBySlug } from '#src/tenants/tenant.ts'
import { brandColors, brandCss } from '#src/web/brand.ts'
import type { AnyEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'

const sheets = new Map<string, { css: string; hash: string }>()

/** The style sheet of a brand color: worked out once for each color. */
const sheet = (color: string) => {
  const known = sheets.get(color)
  if (known) return known
  const css = brandCss(brandColors(color))
  const made = { css, hash: sha256(css).toString('hex').slice(0, 12) }
  sheets.set(color, made)
  return made
}

export const brandUrl = (tenant: Tenant) => paths.brand(tenant.slug, sheet(tenant.brandColor).hash)
export const logoUrl = (tenant: Tenant) =>
  tenant.logoHash ? paths.logo(tenant.slug, tenant.logoHash) : undefined

const FOREVER = 'public, max-age=31536000, immutable'

/** A tenant's colors and logo: public, because the sign-in page shows them; their address changes with their content. */
export const brand = new Hono<AnyEnv>()
  .get('/:slug/:file{[0-9a-f]+\\.css}', async (c) => {
    const tenant = await tenantBySlug(c.req.param('slug'))
    if (!tenant) return notFound(c)
    return c.body(sheet(tenant.brandColor).css, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': FOREVER,
    })
  })
  .get('/:slug/:hash{[0-9a-f]+}/logo', async (c) => {
    const [row] = await systemQuery<{ logo: Buffer; logo_type: string }>(
      'select logo, logo_type from tenant where slug = $1 and logo_hash = $2 and suspended_at is null',
      [c.req.param('slug'), c.req.param('hash')],
    )
    if (!row) return notFound(c)
    return c.body(new Uint8Array(row.logo), 200, {
      'content-type': row.logo_type,
      'cache-control': FOREVER,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    })
  })
