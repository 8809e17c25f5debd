import { resolve } from 'node:path'
import type { Context } from 'hono'
import ipaddr from 'ipaddr.js'
import type { Env } from '#src/env.ts'

/** What the web layer knows of the installation. */
export type Site = {
  /** Where people reach the portal, e.g. `https://portal.example.com`: links in mails and the Origin of our forms. */
  origin: string
  host: string
  https: boolean
  mode: Env['MODE']
  dataDir: string
  proxies: [ipaddr.IPv4 | ipaddr.IPv6, number][]
  metricsToken: string | undefined
  /** Where Claude is asked. */
  claudeUrl: string
  /** Writes of one person in ten minutes. */
  writeLimit: number
  /** Kilobytes that one person may upload in an hour. */
  uploadLimit: number
  cookies: {
    session: string
    browser: string
    flash: string
    staff: string
    /** Between a staff member's password and the second factor. */
    staffStep: string
    /** Which accounts of staff this browser signed in to before. */
    staffKnown: string
    preview: string
  }
}

/** `__Host-` needs Secure, which plain http has on no host but localhost. */
export const siteOf = (env: Env): Site => {
  const https = env.PUBLIC_URL.protocol === 'https:'
  const name = (plain: string) => (https ? `__Host-${plain}` : plain)
  return {
    origin: env.PUBLIC_URL.origin,
    host: env.PUBLIC_URL.host,
    https,
    mode: env.MODE,
    dataDir: resolve(env.DATA_DIR),
    proxies: parseProxies(env.TRUSTED_PROXIES),
    metricsToken: env.METRICS_TOKEN,
    claudeUrl: env.CLAUDE_URL ?? 'https://api.anthropic.com',
    writeLimit: env.WRITE_LIMIT,
    uploadLimit: env.UPLOAD_LIMIT * 1000,
    cookies: {
      session: name('portal'),
      browser: name('portal-browser'),
      flash: name('portal-flash'),
      staff: name('staff'),
      staffStep: name('staff-step'),
      staffKnown: name('staff-known'),
      preview: name('preview'),
    },
  }
}

/** `10.0.0.0/8, ::1` → ranges. Throws on anything else. */
export const parseProxies = (text: string): Site['proxies'] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) =>
      part.includes('/')
        ? ipaddr.parseCIDR(part)
        : [ipaddr.process(part), ipaddr.process(part).kind() === 'ipv4' ? 32 : 128],
    )

const trusts = (site: Site, address: string) => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return site.proxies.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits))
}

/** The client's address: the socket's, or the last address in X-Forwarded-For that no trusted proxy has. */
export const clientAddress = (c: Context, site: Site): string => {
  const socket = socketAddress(c)
  if (!trusts(site, socket)) return socket
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  const client = hops.reverse().find((hop) => hop && !trusts(site, hop))
  return client && ipaddr.isValid(client) ? ipaddr.process(client).toString() : socket
}

const socketAddress = (c: Context): string => {
  const remote: unknown = c.env?.incoming?.socket?.remoteAddress
  return typeof remote === 'string' && ipaddr.isValid(remote)
    ? ipaddr.process(remote).toString()
    : '127.0.0.1'
}

/** The block that rate limits count: an IPv4 address, or the /64 that one subscriber of IPv6 has. */
export const addressBlock = (address: string): string => {
  const parsed = ipaddr.process(address)
  return parsed.kind() === 'ipv6'
    ? `${parsed.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`
    : parsed.toString()
}
