import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { createTransport } from 'nodemailer'
import { envelopeAndHeaders } from '#src/mail/envelope.ts'
import type { Message } from '#src/mail/message.ts'
import type { Route } from '#src/mail/route.ts'
import { mailSettings } from '#src/mail/settings.ts'

type SmtpRoute = Extract<Route, { by: 'smtp' }>

const isLocal = (host: string) => host === 'localhost' || /^127\.|^\[?::1\]?$/.test(host)

/** A server that a tenant entered must be on the public internet: the portal's own network is not for tenants to try. */
const publicAddress = async (host: string) => {
  const addresses = await lookup(host.replace(/^\[|\]$/g, ''), { all: true })
  const [first] = addresses
  if (!first || addresses.some(({ address }) => ipaddr.process(address).range() !== 'unicast'))
    throw new Error('the mail server is not on the public internet')
  return first.address
}

const optionsFor = async ({ url, own, requireTls }: SmtpRoute) => {
  const { timeouts, MODE } = mailSettings()
  const target = new URL(url)
  const { hostname, port, protocol } = target
  // an operator may add nodemailer's options to the address (?tls.ca=…), a tenant may not
  if (own) target.search = ''
  const address = own && MODE === 'production' ? await publicAddress(hostname) : undefined
  if (address) target.hostname = address.includes(':') ? `[${address}]` : address
  const submission = protocol === 'smtp:' && !isLocal(hostname) && (port === '587' || port === '')
  return {
    url: target.toString(),
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    dnsTimeout: timeouts.connection,
    socketTimeout: timeouts.idle,
    requireTLS: requireTls ?? submission,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(address && { tls: { servername: hostname } }),
  }
}

const openTransport = async (route: SmtpRoute) =>
  createTransport({
    pool: true,
    ...(await optionsFor(route)),
    maxConnections: 3,
    maxRequeues: 0, // what a lost connection interrupts comes back through the outbox
    idleTimeout: 60_000,
  })

type Line = {
  transport: ReturnType<typeof openTransport>
  usedAt: number
  /** Times in a row that nobody answered. */
  silent: number
  restUntil: number
}

const lines = new Map<string, Line>()
const FORGOTTEN = 10 * 60_000
const REST = 15_000

const hangUp = async (key: string, line: Line) => {
  lines.delete(key)
  const transport = await line.transport.catch(() => undefined)
  transport?.close()
}

const lineOf = (route: SmtpRoute): Line => {
  const now = Date.now()
  for (const [key, line] of lines) if (line.usedAt < now - FORGOTTEN) void hangUp(key, line)
  const key = `${route.own} ${route.url}`
  const line = lines.get(key) ?? { transport: openTransport(route), usedAt: now, silent: 0, restUntil: 0 }
  line.usedAt = now
  line.transport.catch(() => lines.delete(key))
  lines.set(key, line)
  return line
}

const answered = (error: unknown) => error instanceof Error && 'responseCode' in error

/**
 * Hands a message to the server and returns once it has taken it. Throws what nodemailer throws: `responseCode` is there
 * when the server answered. A server that was silent three times is left alone for some seconds, so that a dead one
 * doesn't keep every worker waiting.
 */
export const sendBySmtp = async (route: SmtpRoute, message: Message, signal: AbortSignal) => {
  const line = lineOf(route)
  if (line.restUntil > Date.now())
    throw new Error('the mail server did not answer lately and is left alone for a moment')
  try {
    const transport = await line.transport
    const limit = AbortSignal.timeout(mailSettings().timeouts.total)
    await transport.sendMail({ ...envelopeAndHeaders(message), signal: AbortSignal.any([signal, limit]) })
    line.silent = 0
  } catch (error) {
    line.silent = answered(error) || signal.aborted ? 0 : line.silent + 1
    if (line.silent >= 3) line.restUntil = Date.now() + REST
    throw error
  }
}

/**
 * Sends one message over a connection of its own, and answers what the server said when it took it. Throws what
 * nodemailer throws; gives up after so many milliseconds.
 */
export const trySmtp = async (route: SmtpRoute, message: Message, patience: number): Promise<string> => {
  const transport = createTransport({
    ...(await optionsFor(route)),
    connectionTimeout: patience / 2,
    greetingTimeout: patience / 2,
    dnsTimeout: patience / 2,
    socketTimeout: patience / 2,
  })
  try {
    const signal = AbortSignal.timeout(patience)
    return (await transport.sendMail({ ...envelopeAndHeaders(message), signal })).response
  } finally {
    transport.close()
  }
}

/** Says good-bye to every mail server. */
export const closeMailers = async () => {
  await Promise.all([...lines].map(([key, line]) => hangUp(key, line)))
}
