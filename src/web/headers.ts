import type { MiddlewareHandler } from 'hono'

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "frame-src 'self'",
  "manifest-src 'self'",
].join('; ')

/**
 * The headers of every answer. A handler may set its own Content-Security-Policy, Referrer-Policy or Cache-Control.
 * Referrer-Policy is `same-origin`, because under `no-referrer` Chromium sends `Origin: null` with our own forms.
 */
export const securityHeaders = (https: boolean): MiddlewareHandler => {
  const fixed: [string, string][] = [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    [
      'permissions-policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    ],
    ['x-permitted-cross-domain-policies', 'none'],
  ]
  if (https) fixed.push(['strict-transport-security', 'max-age=63072000; includeSubDomains'])
  const defaults: [string, string][] = [
    ['content-security-policy', CSP],
    ['referrer-policy', 'same-origin'],
    ['cache-control', 'no-store'],
  ]
  return async (c, next) => {
    await next()
    const { headers } = c.res
    for (const [name, value] of fixed) headers.set(name, value)
    for (const [name, value] of defaults) if (!headers.has(name)) headers.set(name, value)
  }
}
