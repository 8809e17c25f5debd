import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import { z } from 'zod'
import { beChild } from './child.ts'
import type { Slice } from './timing.ts'

const question = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** A POST of these fields, with a new `once` each time. */
  fields: z.record(z.string(), z.string()).optional(),
  status: z.number(),
  connections: z.number(),
  seconds: z.number(),
})

export type Load = z.infer<typeof question>

const BOUNDARY = 'bench-boundary-bench-boundary'

const multipart = (fields: Record<string, string>) =>
  `${Object.entries({ ...fields, once: randomUUID() })
    .map(
      ([name, value]) =>
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')}--${BOUNDARY}--\r\n`

const requests = ({ fields, headers }: Load): autocannon.Request[] => {
  if (!fields) return [{ method: 'GET', headers }]
  const type = `multipart/form-data; boundary=${BOUNDARY}`
  const setupRequest = (request: autocannon.Request) => ({ ...request, body: multipart(fields) })
  return [{ method: 'POST', headers: { ...headers, 'content-type': type }, setupRequest }]
}

/** Throws when an answer has another status than the one that is measured: an error page is quickly made. */
const fire = (load: Load) =>
  new Promise<Slice>((resolve, reject) => {
    const times: number[] = []
    const wrong = new Map<number, number>()
    const started = performance.now()
    const options = { url: load.url, connections: load.connections, duration: load.seconds, sampleInt: 20 }
    const running = autocannon({ ...options, requests: requests(load) }, (error, result) => {
      const seconds = (performance.now() - started) / 1_000
      if (error) return reject(error)
      if (result.errors > 0) return reject(new Error(`${load.url}: ${result.errors} connections failed`))
      if (wrong.size > 0) return reject(new Error(`${load.url} answered ${JSON.stringify([...wrong])}`))
      resolve({ times, seconds })
    })
    running.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === load.status) times.push(milliseconds)
      else wrong.set(status, (wrong.get(status) ?? 0) + 1)
    })
  })

/** Sends requests. */
export const loadChild = () => beChild(async () => async (asked) => fire(question.parse(asked)))
