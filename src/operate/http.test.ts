import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEnv } from '#src/env.ts'
import { diskStore, useStore } from '#src/files/store.ts'
import { serve, serverFor } from '#src/operate/http.ts'
import { beginStopping } from '#src/operate/stopping.ts'
import { paths } from '#src/paths.ts'
import { csrfToken } from '#src/web/csrf.ts'
import { asOwner } from '#test/database.ts'
import { as, ORIGIN, sessionOf, type World, world } from '#test/world.ts'

let w: World
let token: string
let server: Awaited<ReturnType<typeof serve>>
let port: number

const start = async () => {
  const started = await serve(readEnv({ MODE: 'test', PORT: '0', PUBLIC_URL: ORIGIN, DATA_DIR: w.folder }))
  const { address } = started
  return { started, port: address && typeof address === 'object' ? address.port : 0 }
}

beforeAll(async () => {
  w = await world()
  token = await sessionOf(w.alice)
  const begun = await start()
  server = begun.started
  port = begun.port
})
afterAll(() => server.stop())

/** A connection that collects what it is answered. */
const dial = async (to = port) => {
  const socket = connect(to, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  const closed = once(socket, 'close').then(() => heard)
  return { socket, closed, heard: () => heard }
}

const HEAD = () => `Host: localhost:3000\r\nCookie: portal=${token}\r\n`
const ask = async (text: string) => {
  const { socket, closed } = await dial()
  socket.write(text)
  return closed
}
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)

describe('a client that is slow or says too much', () => {
  test('with its headers is cut off after ten seconds', async () => {
    const { socket, closed } = await dial()
    socket.write('GET /portal HTTP/1.1\r\nHost: localhost:3000\r\nX-Slow: ')
    const drip = setInterval(() => socket.write('.'), 500) // it always has one more letter
    const answer = await closed
    clearInterval(drip)
    expect(statusOf(answer)).toBe(408)
  })

  test('is looked for every second, and there are limits on all else', () => {
    const made = serverFor(() => new Response())
    expect(made).toMatchObject({
      connectionsCheckingInterval: 1_000,
      headersTimeout: 10_000,
      maxConnections: 5_000,
    })
    expect(made.keepAliveTimeout).toBeGreaterThan(60_000) // longer than a proxy keeps its side
    expect(made.requestTimeout).toBeGreaterThan(0)
  })

  test('with too large headers is told so', async () => {
    expect(
      statusOf(await ask(`GET /portal HTTP/1.1\r\n${HEAD()}X-Large: ${'x'.repeat(17_000)}\r\n\r\n`)),
    ).toBe(431)
    expect(statusOf(await ask(`GET /portal?${'x'.repeat(17_000)} HTTP/1.1\r\n${HEAD()}\r\n`))).toBe(431)
    expect(
      statusOf(
        await ask(
          `GET /portal HTTP/1.1\r\n${HEAD()}X-Large: ${'x'.repeat(15_000)}\r\nConnection: close\r\n\r\n`,
        ),
      ),
    ).toBe(200)
  })

  test('that goes away in the middle of a form leaves nothing behind', async () => {
    const before = (await asOwner('select from ticket')).length
    const { socket, closed } = await dial()
    socket.write(
      `POST /portal/tickets HTTP/1.1\r\n${HEAD()}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9999\r\n\r\n--b\r\n`,
    )
    socket.destroy()
    await closed
    expect((await asOwner('select from ticket')).length).toBe(before)
    expect((await (await as(w.alice)).get(paths.home())).status).toBe(200)
  })

  test('that goes away in the middle of a file does not keep it open', async () => {
    const file = await bigFile()
    const opened: Readable[] = []
    const disk = diskStore(w.folder)
    useStore({
      ...disk,
      open: async (...names) => {
        const stream = await disk.open(...names)
        if (stream) opened.push(stream)
        return stream
      },
    })
    const { socket, closed } = await dial()
    socket.write(`GET ${paths.attachment(file)} HTTP/1.1\r\n${HEAD()}\r\n`)
    await once(socket, 'data')
    socket.destroy()
    await closed
    await expect.poll(() => opened.map((stream) => stream.destroyed), { timeout: 10_000 }).toEqual([true])
    useStore(disk)
  })
})

/** An attachment that doesn't fit into the buffers between disk and client. */
const bigFile = async () => {
  const files = new File([Buffer.alloc(20_000_000, 'x')], 'big.txt')
  const made = await (await as(w.alice)).post(paths.tickets(), { subject: 'Big', body: 'x', files })
  const [row] = await asOwner<{ id: string }>('select id from attachment where ticket_id = $1', [
    made.location?.split('/').at(-1),
  ])
  return row?.id ?? ''
}

describe('a request line', () => {
  test('with another host in it changes nothing', async () => {
    const answer = await ask(
      `GET http://evil.example/portal/login HTTP/1.1\r\nHost: localhost:3000\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).not.toContain('evil.example')
    expect(
      statusOf(await ask(`GET /portal/login HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)),
    ).toBe(421)
    expect([400, 421]).toContain(statusOf(await ask(`GET /portal/login HTTP/1.0\r\n\r\n`)))
  })

  test('that no browser sends is never an error of ours', async () => {
    const odd = [
      '/%',
      '/%zz',
      '/portal/%',
      '//',
      '//evil.example/portal',
      '/portal//',
      '/portal;x',
      '/\\',
      '*',
    ]
    const odder = [
      '/portal/tickets/..%2f..',
      '/portal?%',
      '/portal/tickets?q=%zz&status',
      '/%00',
      '/portal/%00',
    ]
    for (const path of [...odd, ...odder]) {
      const status = statusOf(await ask(`GET ${path} HTTP/1.1\r\n${HEAD()}Connection: close\r\n\r\n`))
      expect([path, status >= 200 && status < 500]).toEqual([path, true])
    }
  })

  test('that two servers could read differently is refused', async () => {
    const smuggled = await ask(
      `POST /portal/tickets HTTP/1.1\r\n${HEAD()}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /portal HTTP/1.1\r\n\r\n`,
    )
    expect(statusOf(smuggled)).toBe(400)
  })
})

test("somebody else's and nothing have the same headers in the same order", async () => {
  const headersOf = async (id: string) => {
    const [answer] = await once(
      get({ port, path: paths.ticket(id), headers: { host: 'localhost:3000', cookie: `portal=${token}` } }),
      'response',
    )
    answer.resume()
    const { rawHeaders, statusCode } = answer
    return [
      statusCode,
      ...rawHeaders.map((text: string) => (/^\w{3}, \d\d .* GMT$/.test(text) ? 'date' : text)),
    ]
  }
  const never = await headersOf(uuidv7())
  expect(never[0]).toBe(404)
  for (const { id } of [w.tickets.bobs, w.tickets.zoes, w.tickets.amirs])
    expect(await headersOf(id)).toEqual(never)
})

describe('stopping', () => {
  const form = () =>
    new URLSearchParams({ csrf: csrfToken(token), subject: 'Under way', body: 'x' }).toString()
  const head = (length: number) =>
    `POST /portal/tickets HTTP/1.1\r\n${HEAD()}Origin: ${ORIGIN}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`
  const refused = (to: number) =>
    once(connect(to, '127.0.0.1'), 'connect').then(
      ([socket]: Socket[]) => void socket?.destroy(),
      (error: NodeJS.ErrnoException) => error.code,
    )

  test('answers what is under way, takes nothing new, and closes what is idle', async () => {
    const { started, port: own } = await start()
    const agent = new Agent({ keepAlive: true })
    const [idle] = await once(get({ port: own, path: '/healthz', agent }), 'response')
    const idleClosed = once(idle.socket, 'close')
    idle.resume()
    await once(idle, 'end')

    const body = form()
    const { socket, closed, heard } = await dial(own)
    socket.write(head(body.length) + body.slice(0, 20))
    await expect.poll(() => socket.bytesWritten).toBeGreaterThan(20)
    await get200(own) // so what was written before has arrived

    beginStopping() // as the signal does
    expect(
      statusOf(await ask('GET /readyz HTTP/1.1\r\nHost: localhost:3000\r\nConnection: close\r\n\r\n')),
    ).toBe(503)
    const stopped = started.stop()
    await idleClosed
    expect(await refused(own)).toBe('ECONNREFUSED')
    expect(heard()).toBe('')
    socket.write(body.slice(20))
    expect(statusOf(await closed.then(() => heard()))).toBe(303)
    await stopped
    expect(await asOwner(`select from ticket where subject = 'Under way'`)).toHaveLength(1)
    agent.destroy()
  })

  const get200 = async (to: number) => {
    const [answer] = await once(
      get({ port: to, path: '/healthz', headers: { connection: 'close' } }),
      'response',
    )
    answer.resume()
    await once(answer, 'end')
  }

  test('a port that is taken is told', async () => {
    const taken = readEnv({ MODE: 'test', PORT: String(port), PUBLIC_URL: ORIGIN })
    await expect(serve(taken)).rejects.toMatchObject({ code: 'EADDRINUSE', port })
  })
})
