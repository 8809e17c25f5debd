import { once } from 'node:events'
import { createServer } from 'node:http'
import { type ParsedMail, simpleParser } from 'mailparser'

type Sent = { path: string; authorization: string | undefined; type: string | undefined; mail: ParsedMail }

export const GRAPH = {
  directory: 'contoso.example',
  client: '11111111-2222-3333-4444-555555555555',
  secret: 'right~secret',
}

/** Speaks what Microsoft's documents show of the token endpoint and of sendMail. `refuseNext` answers the next mail. */
export const graphServer = async () => {
  const sent: Sent[] = []
  const refusals: { status: number; code: string; message: string }[] = []
  let tokens = 0
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const answer = (status: number, value?: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(value && JSON.stringify(value))
    if (request.url === `/${GRAPH.directory}/oauth2/v2.0/token`) {
      const given = new URLSearchParams(body)
      if (given.get('client_secret') !== GRAPH.secret || given.get('grant_type') !== 'client_credentials')
        return answer(401, {
          error: 'invalid_client',
          error_description: `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${given.get('client_id')}'.\r\nTrace ID: 0e1c\r\nTimestamp: 2026-11-23 09:00:00Z`,
          error_codes: [7000215],
          timestamp: '2026-11-23 09:00:00Z',
          error_uri: 'https://login.microsoftonline.com/error?code=7000215',
        })
      tokens += 1
      return answer(200, {
        token_type: 'Bearer',
        expires_in: 3599,
        ext_expires_in: 3599,
        access_token: `token-${tokens}`,
      })
    }
    const refusal = refusals.shift()
    if (refusal)
      return answer(refusal.status, {
        error: {
          code: refusal.code,
          message: refusal.message,
          innerError: { date: '2026-11-23T09:00:00', 'request-id': 'r' },
        },
      })
    const raw = Buffer.from(body, 'base64').toString()
    sent.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      type: request.headers['content-type'],
      mail: await simpleParser(raw),
    })
    return answer(202)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    sent,
    tokens: () => tokens,
    refuseNext: (status: number, code: string, message: string) => {
      refusals.push({ status, code, message })
    },
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}
