import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { csrfToken } from '#src/web/csrf.ts'
import { asOwner } from '#test/database.ts'
import { as, ORIGIN, send, sessionOf, type World, world } from '#test/world.ts'

let w: World
let token: string
let before: number
const tickets = async () => (await asOwner('select from ticket')).length
beforeAll(async () => {
  w = await world()
  token = await sessionOf(w.alice)
})
beforeEach(async () => {
  before = await tickets()
})

const post = (body: BodyInit | undefined, type?: string, more: Record<string, string> = {}) =>
  send(paths.tickets(), {
    method: 'POST',
    body,
    headers: {
      cookie: `portal=${token}`,
      origin: ORIGIN,
      'sec-fetch-site': 'same-origin',
      ...(type && { 'content-type': type }),
      ...more,
    },
  })
const plain = (fields: Record<string, string>) =>
  new URLSearchParams({ csrf: csrfToken(token), ...fields }).toString()
const URLENCODED = 'application/x-www-form-urlencoded'
const PARTS = 'multipart/form-data; boundary=b'
const END = '--b--\r\n'
const part = (head: string, content: string) =>
  `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`
const csrf = () => part('name="csrf"', csrfToken(token))
const ticket = () => csrf() + part('name="subject"', 'From parts') + part('name="body"', 'x')

const temporary = () => (existsSync(join(w.folder, 'uploads')) ? readdirSync(join(w.folder, 'uploads')) : [])

/** Nothing was done, nothing was left behind. */
const untouched = async () => {
  expect(await tickets()).toBe(before)
  expect(temporary()).toEqual([])
}

describe('a body that is no form of ours', () => {
  const UNREADABLE: Record<string, () => [BodyInit, string | undefined]> = {
    JSON: () => [JSON.stringify({ subject: 'x', body: 'x' }), 'application/json'],
    text: () => ['subject=x', 'text/plain'],
    'of no type': () => [new Blob([plain({ subject: 'x', body: 'x' })]), undefined],
    'of parts without a boundary': () => [ticket(), 'multipart/form-data'],
    'of parts that break off': () => [ticket().slice(0, -30), PARTS],
    'of parts with another boundary': () => [ticket(), 'multipart/form-data; boundary=other'],
    'of parts with a file that breaks off': () => [
      `${ticket()}${part('name="files"; filename="x"', 'xxx').slice(0, -2)}`,
      PARTS,
    ],
  }

  test.each(Object.entries(UNREADABLE))('%s: is answered with a clear page', async (_, make) => {
    const answer = await post(...make())
    expect([answer.status, answer.text.includes('That couldn’t be read')]).toEqual([422, true])
    await untouched()
  })

  test.each([
    ['an empty one', '', URLENCODED],
    ['signs of every kind', '%%%&&&===%zz%', URLENCODED],
    ['nothing but the last boundary', END, PARTS],
  ])('%s: has no token', async (_, body, type) => {
    expect([403, 422]).toContain((await post(body, type)).status)
    await untouched()
  })
})

describe('a body that is too large', () => {
  const many = Array.from({ length: 201 }, (_, n) => `f${n}`)
  const LARGE: Record<string, () => Parameters<typeof post>> = {
    'in a field': () => [plain({ subject: 'x', body: 'y'.repeat(513 * 1024) }), URLENCODED],
    'in the number of fields': () => [
      plain({ subject: 'x', body: 'x', ...Object.fromEntries(many.map((name) => [name, 'x'])) }),
      URLENCODED,
    ],
    'in the number of parts': () => [
      [ticket(), ...many.map((name) => part(`name="${name}"`, 'x')), END].join(''),
      PARTS,
    ],
    'in what it says of itself': () => ['x', URLENCODED, { 'content-length': String(300_000_000) }],
  }

  test.each(Object.entries(LARGE))('%s: is refused', async (_, make) => {
    const answer = await post(...make())
    expect([answer.status, answer.text.includes('That is too much at once')]).toEqual([413, true])
    await untouched()
  })

  test('without a session is not even read', async () => {
    const headers = { 'content-type': PARTS, origin: ORIGIN }
    const answer = await send(paths.tickets(), { method: 'POST', body: new Uint8Array(5_000_000), headers })
    expect([answer.status, answer.location]).toEqual([303, paths.login()])
    await untouched()
  })
})

describe('a form', () => {
  const made = async (answer: Awaited<ReturnType<typeof post>>) => {
    expect(answer.status).toBe(303)
    const id = answer.location?.split('/').at(-1)
    const [row] = await asOwner(
      'select t.subject, m.body, (select count(*)::int from attachment where ticket_id = t.id) as files from ticket t join ticket_message m on m.ticket_id = t.id where t.id = $1',
      [id],
    )
    return row
  }

  test('may come either way, and reads the same', async () => {
    const typed = { subject: 'Ünï ✓', body: 'Ünï ✓ + & = %' }
    expect(await made(await post(plain(typed), URLENCODED))).toMatchObject(typed)
    const parts = [csrf(), part('name="subject"', typed.subject), part('name="body"', typed.body), END]
    expect(await made(await post(parts.join(''), PARTS))).toMatchObject(typed)
  })

  test('has the line breaks that were typed, and no NUL', async () => {
    expect(
      await made(await post(plain({ subject: 'a\0b', body: 'a\r\nb\nc\0d' }), URLENCODED)),
    ).toMatchObject({ subject: 'ab', body: 'a\nb\ncd' })
  })

  test('that says a thing twice means the last', async () => {
    const twice = `${plain({ subject: 'First', body: 'x' })}&subject=Second`
    expect(await made(await post(twice, URLENCODED))).toMatchObject({ subject: 'Second' })
  })

  test('whose file input was left empty has no file', async () => {
    const none = part('name="files"; filename=""\r\ncontent-type: application/octet-stream', '')
    expect(await made(await post([ticket(), none, END].join(''), PARTS))).toMatchObject({ files: 0 })
  })

  test('leaves no temporary file, whatever becomes of it', async () => {
    const alice = await as(w.alice)
    const files = [new File(['x'], 'a.txt'), new File(['y'], 'b.txt')]
    await alice.post(paths.tickets(), { subject: 'Files', body: 'x', files })
    await alice.post(paths.tickets(), { subject: '', body: 'x', files })
    await alice.post('/portal/nothing', { files })
    expect(temporary()).toEqual([])
  })
})
