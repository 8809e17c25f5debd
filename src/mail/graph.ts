import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { envelopeAndHeaders } from '#src/mail/envelope.ts'
import type { Message } from '#src/mail/message.ts'
import type { Route } from '#src/mail/route.ts'
import { mailSettings } from '#src/mail/settings.ts'
import { sha256 } from '#src/secret.ts'

export type GraphRoute = Extract<Route, { by: 'graph' }>

/**
 * Microsoft said no. `command` is where: `AUTH` (the token) or `DATA` (the message); `code` is Microsoft's own, such as
 * `AADSTS7000215` or `ErrorInvalidRecipients`; `permanent`: this message can never go out.
 */
export class GraphRefusal extends Error {
  readonly command: 'AUTH' | 'DATA'
  readonly code: string
  readonly responseCode: number
  readonly permanent: boolean
  constructor(at: 'AUTH' | 'DATA', status: number, code: string, message: string) {
    super(message)
    this.command = at
    this.code = code
    this.responseCode = status
    this.permanent = at === 'DATA' && /^ErrorInvalidRecipients|^ErrorMessageSizeExceeded/.test(code)
  }
}

// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
const tokenShape = z.object({ access_token: z.string(), expires_in: z.coerce.number().default(3600) })
const tokenProblem = z.object({ error: z.string(), error_description: z.string().default('') })
// https://learn.microsoft.com/graph/errors
const graphProblem = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

const LIMIT = 20_000

const call = (url: string, init: RequestInit, signal: AbortSignal) =>
  fetch(url, { ...init, redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]) })

const json = (response: Response): Promise<unknown> => response.json().catch(() => undefined)

const tokens = new Map<string, { token: string; until: number }>()
const keyOf = ({ directory, client, secret }: GraphRoute) =>
  sha256(JSON.stringify([directory, client, secret])).toString('base64url')

const askToken = async ({ directory, client, secret }: GraphRoute, signal: AbortSignal) => {
  const { GRAPH_LOGIN_URL } = mailSettings()
  const body = new URLSearchParams({
    client_id: client,
    client_secret: secret,
    scope: 'https://graph.microsoft.com/.default',
    grant_type: 'client_credentials',
  })
  const url = `${GRAPH_LOGIN_URL}/${encodeURIComponent(directory)}/oauth2/v2.0/token`
  const response = await call(url, { method: 'POST', body }, signal)
  const answer = await json(response)
  const parsed = tokenShape.safeParse(answer)
  if (response.ok && parsed.success) return parsed.data
  const { error, error_description } = tokenProblem.catch({ error: '', error_description: '' }).parse(answer)
  const code = /AADSTS\d+/.exec(error_description)?.[0] ?? error
  throw new GraphRefusal('AUTH', response.status, code, error_description.split(/\r?\n/)[0] ?? '')
}

const tokenFor = async (route: GraphRoute, signal: AbortSignal) => {
  const key = keyOf(route)
  const known = tokens.get(key)
  if (known && known.until > Date.now()) return known.token
  const { access_token: token, expires_in } = await askToken(route, signal)
  tokens.set(key, { token, until: Date.now() + (expires_in - 120) * 1000 })
  return token
}

const builder = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })

const mimeOf = async (message: Message): Promise<string> => {
  const { message: built } = await builder.sendMail(envelopeAndHeaders(message))
  if (!Buffer.isBuffer(built)) throw new Error('the message was not built as one piece')
  return built.toString('base64')
}

/**
 * Sends through Microsoft 365, as MIME: so the Message-ID, both parts and our headers are those that SMTP would have
 * carried. https://learn.microsoft.com/graph/api/user-sendmail. Throws GraphRefusal, or what fetch throws.
 */
export const sendByGraph = async (route: GraphRoute, message: Message, signal: AbortSignal) => {
  const { GRAPH_URL } = mailSettings()
  const token = await tokenFor(route, signal)
  const response = await call(
    `${GRAPH_URL}/v1.0/users/${encodeURIComponent(route.from)}/sendMail`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: await mimeOf(message),
    },
    signal,
  )
  if (response.status === 202) return
  if (response.status === 401) tokens.delete(keyOf(route))
  const { error } = graphProblem
    .catch({ error: { code: String(response.status), message: '' } })
    .parse(await json(response))
  throw new GraphRefusal('DATA', response.status, error.code, error.message)
}
