import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '#src/app.tsx'
import type { Env } from '#src/env.ts'
import { isStopping } from '#src/operate/stopping.ts'
import { siteOf } from '#src/web/site.ts'

const GRACE = 20_000

type Answering = Parameters<typeof createAdaptorServer>[0]['fetch']

const listening = (server: Server, env: Env) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(env.PORT, env.HOST, resolve)
  })

/** Ends what is under way, at most 20 s; idle connections are closed at once. */
const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })

/**
 * A server with our limits. Node looks at its own only every `connectionsCheckingInterval`; the time for a body is
 * watched by web/body.ts, because an honest upload may be slow.
 */
export const serverFor = (fetch: Answering): Server => {
  const server = createAdaptorServer({
    fetch,
    serverOptions: {
      connectionsCheckingInterval: 1_000,
      headersTimeout: 10_000,
      requestTimeout: 900_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
    },
  }) as Server
  server.maxConnections = 5_000
  return server
}

/** While stopping, each answer ends its connection: else a busy browser would keep us by sending one more, and one more. */
const sayingGoodbye =
  (fetch: Answering): Answering =>
  async (...given) => {
    const answer = await fetch(...given)
    if (isStopping() && answer instanceof Response) answer.headers.set('connection', 'close')
    return answer
  }

/** Serves the app. Throws EADDRINUSE when the port is taken. */
export const serve = async (env: Env) => {
  const server = serverFor(sayingGoodbye(createApp(siteOf(env)).fetch))
  await listening(server, env)
  return { stop: () => closed(server), address: server.address() }
}
