import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BadBody, readForm } from '#src/web/body.ts'

const MULTIPART = 'multipart/form-data; boundary=x'
const part = (head: string, content: string) =>
  `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
const field = (name: string, content: string) => part(`name="${name}"`, content)
const file = (content: string) => part('name="files"; filename="a.txt"', content)

let directory: string
let pulled = 0
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'body-'))
  pulled = 0
})
afterEach(() => {
  vi.useRealTimers()
})

/** The door's reader with a limit of one file of 1 MB, which says what became of the form. */
const app = new Hono().post('/', async (c) => {
  try {
    const form = await readForm(c, { directory, fileBytes: 1_000_000, files: 1 })
    await form.discard()
    return c.text(`read ${form.files.length} ${form.get('a').length}`)
  } catch (error) {
    if (!(error instanceof BadBody)) throw error
    return c.text(`${error.status}`)
  }
})

/** Sends the pieces one after the other, without saying how long the whole is. */
const send = (pieces: Iterable<string>, type = MULTIPART) => {
  const source = pieces[Symbol.iterator]()
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given
    },
    async pull(given) {
      const { value, done } = source.next()
      if (done) given.close()
      else if (value === 'wait') await new Promise(() => {})
      else {
        pulled += value.length
        given.enqueue(Buffer.from(value))
      }
    },
  })
  const request = new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': type },
    duplex: 'half',
  } as RequestInit)
  const answer = Promise.resolve(app.request(request)).then((given) => given.text())
  return { answer, breakOff: () => controller?.error(new Error('the client went away')) }
}

test('reads fields and a file, and leaves nothing behind', async () => {
  const { answer } = send([field('a', 'word'), file('content'), '--x--\r\n'])
  expect(await answer).toBe('read 1 4')
  expect(readdirSync(directory)).toEqual([])
})

test('a client that leaves in the middle of a file leaves nothing behind', async () => {
  const { answer, breakOff } = send([file('x'.repeat(100_000)).slice(0, -2), 'wait'])
  await expect.poll(() => readdirSync(directory).length).toBe(1)
  breakOff()
  expect(await answer).toBe('400')
  expect(readdirSync(directory)).toEqual([])
})

function* many(count: number, piece: (n: number) => string) {
  for (let n = 0; n < count; n++) yield piece(n)
}

test('fields that would fill the memory are not read to their end', async () => {
  const { answer } = send(many(190, (n) => field(`f${n}`, 'x'.repeat(500_000))))
  expect(await answer).toBe('413')
  expect(pulled).toBeLessThan(3_000_000)
})

test('a body that does not say how long it is may not be longer than one that does', async () => {
  const { answer } = send(many(1_000, (n) => (n === 0 ? file('').slice(0, -2) : 'x'.repeat(100_000))))
  expect(await answer).toBe('413')
  expect(pulled).toBeLessThan(3_000_000)
  expect(readdirSync(directory)).toEqual([])
})

test('more fields than any form has are refused', async () => {
  const { answer } = send([...many(250, (n) => field(`f${n}`, 'x')), '--x--\r\n'])
  expect(await answer).toBe('413')
})

test.each(['multipart/form-data', `multipart/form-data; boundary=${'x'.repeat(300)}`])(
  'what can not be taken apart is no form: %s',
  async (type) => {
    const { answer } = send(['--x'], type)
    expect(await answer).toBe('400')
  },
)

test('a body that stops arriving is ended, however much came before', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { answer } = send([file('x'.repeat(900_000)).slice(0, -2), 'wait'])
  await vi.waitFor(() => expect(pulled).toBeGreaterThan(900_000))
  await new Promise((resolve) => setTimeout(resolve, 200))
  vi.advanceTimersByTime(30_000)
  vi.advanceTimersByTime(30_000)
  expect(await answer).toBe('408')
  expect(readdirSync(directory)).toEqual([])
})
