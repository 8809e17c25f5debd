import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '#src/app.tsx'
import type { Env } from '#src/env.ts'
import { siteOf } from '#src/web/site.ts'

const GRACE = 25_000

type Answering = Parameters<typeof createAdaptorServer>[0]['fetch']

const listening = (server: Server, env: Env) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(env.PORT, env.HOST, resolve)
  })

/** Ends what is under way, at most 25 s; idle connections are closed at once. */
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

/** Serves the app. Throws EADDRINUSE when the port is taken. */
export const serve = async (env: Env) => {
  const server = serverFor(createApp(siteOf(env)).fetch)
  await listening(server, env)
  return { stop: () => closed(server), address: server.address() }
}
