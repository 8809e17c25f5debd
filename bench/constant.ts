import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { z } from 'zod'
import { serverFor } from '#src/operate/http.ts'
import { beChild } from './child.ts'

const question = z.object({ bytes: z.number() })

/** Serves a page that costs nothing to make, of as many bytes as asked for, through the app's own server: answers its port. */
export const constantChild = () =>
  beChild(async () => {
    let text = ''
    const app = new Hono().get('/', (c) => c.html(text))
    const server = serverFor(app.fetch)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return async (asked) => {
      text = 'x'.repeat(question.parse(asked).bytes)
      return port
    }
  })
