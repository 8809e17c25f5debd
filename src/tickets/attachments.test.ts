import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test } from 'vitest'
import { diskStore, useStore } from '#src/files/store.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { filesIn, valuesOf, wordsOf } from '#test/pages.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, type Fields, type Person, send, sessionOf, type World, world } from '#test/world.ts'

const MB = 1_000_000

let w: World
beforeAll(async () => {
  w = await world()
})

const fresh = async (who = w.alice) => (await seedTicket(who, { subject: 'With files', body: 'x' })).id
const reply = async (id: string, fields: Fields, who: Person = w.alice) =>
  (await as(who)).post(paths.ticketReplies(id), { body: 'See the file', ...fields })
const rows = (id: string) =>
  asOwner<{ id: string; name: string; media_type: string }>(
    'select * from attachment where ticket_id = $1 order by created_at, id',
    [id],
  )
const get = async (id: string, who: Person = w.alice) => (await as(who)).get(paths.attachment(id))
/** Files on disk: kept ones, and those of requests that are under way. */
const onDisk = (folder: string) =>
  readdirSync(join(w.folder, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length

/** Sends one file and answers how it is served. */
const served = async (file: File) => {
  const id = await fresh()
  expect((await reply(id, { files: file })).status).toBe(303)
  const [row] = await rows(id)
  return { row, answer: await get(row?.id ?? '') }
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('a file', () => {
  test('comes back byte for byte, to everybody on the ticket', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n % 251))
    const id = await fresh()
    await reply(id, { files: new File([bytes], 'data.bin') })
    const [row] = await rows(id)
    const answer = await w.app.request(`http://localhost:3000${paths.attachment(row?.id ?? '')}`, {
      headers: { host: 'localhost:3000', cookie: `portal=${await sessionOf(w.alice)}` },
    })
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(answer.headers.get('content-length')).toBe('70000')
    expect(filesIn(await (await as(w.alice)).get(paths.ticket(id)))).toEqual([row?.id])
  })

  test('that a browser may show is shown, as what it is', async () => {
    for (const [name, content, type, served_] of [
      ['dot.png', PNG, 'image/png', 'image/png'],
      ['dot.txt', PNG, 'image/png', 'image/png'],
      ['words.txt', 'words', 'text/plain', 'text/plain; charset=utf-8'],
    ] as const) {
      const { row, answer } = await served(new File([content], name))
      expect([name, row?.media_type, answer.headers.get('content-type')]).toEqual([name, type, served_])
      expect(answer.headers.get('content-disposition')).toMatch(/^inline; /)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none';.*; sandbox$/)
    }
  })

  test('that could run is only ever saved', async () => {
    for (const [name, content] of [
      ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
      ['logo.png', '<?xml version="1.0"?><!-- x --><svg onload="alert(1)"></svg>'],
      ['page.html', '<!doctype html><script>alert(1)</script>'],
      ['page.txt', '<html><script>alert(1)</script></html>'],
      ['page.xhtml', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'],
      ['program.exe', Buffer.from('MZ\0\0\0')],
    ] as const) {
      const { answer } = await served(new File([content], name, { type: 'image/png' }))
      expect([name, answer.headers.get('content-type')]).toEqual([name, 'application/octet-stream'])
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; /)
      expect(answer.headers.get('content-security-policy')).toMatch(/; sandbox$/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test.each([
    ['a "quoted" name.txt', 'a "quoted" name.txt'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['\u200b.\u200b', 'file'],
    ['line\r\nset-cookie: x=1.txt', 'lineset-cookie: x=1.txt'],
    ['gpj.\u202etxt.exe', 'gpj.txt.exe'],
    ['Übersicht für 漢字 😀.txt', 'Übersicht für 漢字 😀.txt'],
    ['<script>alert(1)</script>.txt', 'script>.txt'],
    [`${'n'.repeat(300)}.txt`, `${'n'.repeat(196)}.txt`],
    ['CON%00.txt; filename=evil.html', 'CON%00.txt; filename=evil.html'],
  ])('called %j is called %j', async (given, kept) => {
    const { row, answer } = await served(new File(['x'], given))
    expect(row?.name).toBe(kept)
    const disposition = answer.headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^inline; filename="[^"\\%\r\n]*"; filename\*=UTF-8''[\w%.!~*-]+$/)
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(kept)
    expect(answer.cookies).toEqual([])
  })

  test('is not there for who may not see its ticket', async () => {
    const { file, hiddenFile } = w.tickets.alices
    for (const who of [w.amir, w.bob, w.zoe, w.roles.viewer])
      expect([who.name, (await get(file, who)).status]).toEqual([who.name, 404])
    for (const who of [w.alice, w.roles.approver, w.roles.admin]) {
      expect([who.name, (await get(file, who)).status]).toEqual([who.name, 200])
      expect([who.name, (await get(hiddenFile, who)).status]).toEqual([who.name, 404])
    }
    expect((await get(uuidv7())).status).toBe(404)
  })

  test('that only its head is asked of is not left open', async () => {
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
    const cookie = `portal=${await sessionOf(w.alice)}`
    const head = await send(paths.attachment(w.tickets.alices.file), { method: 'HEAD', headers: { cookie } })
    useStore(disk)
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '20'])
    expect(opened.map((stream) => stream.destroyed)).toEqual([true])
  })

  test('whose bytes are missing is not there, without an error', async () => {
    const id = await fresh()
    await reply(id, { files: new File(['x'], 'x.txt') })
    const [row] = await rows(id)
    await asOwner('update attachment set id = $2 where id = $1', [row?.id, uuidv7()])
    const [moved] = await rows(id)
    expect((await get(moved?.id ?? '')).status).toBe(404)
  })
})

describe('too much', () => {
  const big = (megabytes: number) => new File([Buffer.alloc(megabytes * MB, 1)], 'video.mov')

  test('26 MB are refused with the text kept and nothing stored; 25 are not', async () => {
    const id = await fresh()
    const before = onDisk('files')
    const answer = await reply(id, { body: 'My long text', files: big(26) })
    expect([answer.status, wordsOf(answer)]).toEqual([
      422,
      expect.stringContaining('“video.mov” is larger than 25 MB.'),
    ])
    expect(valuesOf(answer, 'body')).toEqual(['My long text'])
    expect([await rows(id), onDisk('files'), onDisk('uploads')]).toEqual([[], before, 0])

    const created = await (await as(w.alice)).post(paths.tickets(), {
      subject: 'Video',
      body: 'My long text',
      files: big(26),
    })
    expect([created.status, valuesOf(created, 'subject'), valuesOf(created, 'body')]).toEqual([
      422,
      ['Video'],
      ['My long text'],
    ])
    expect((await reply(id, { files: big(25) })).status).toBe(303)
    expect(onDisk('uploads')).toBe(0)
  })

  test('what a tenant set is the limit', async () => {
    await asOwner(`update tenant set settings = '{"attachmentMegabytes": 1}' where tenant_id = $1`, [
      w.harbor,
    ])
    const id = await fresh(w.zoe)
    expect(wordsOf(await reply(id, { files: big(2) }, w.zoe))).toContain('is larger than 1 MB')
    expect((await reply(id, { files: big(1) }, w.zoe)).status).toBe(303)
  })

  test('ten files at once, not eleven', async () => {
    const id = await fresh()
    const files = Array.from({ length: 11 }, (_, n) => new File([`${n}`], `${n}.txt`))
    const answer = await reply(id, { files })
    expect([answer.status, wordsOf(answer)]).toEqual([
      422,
      expect.stringContaining('At most 10 files at once.'),
    ])
    expect(await rows(id)).toEqual([])
    expect((await reply(id, { files: files.slice(0, 10) })).status).toBe(303)
    expect((await rows(id)).map((row) => row.name)).toEqual(files.slice(0, 10).map(({ name }) => name))
  })

  test('an empty file is a file', async () => {
    const { row } = await served(new File([], 'empty.txt'))
    expect(row).toMatchObject({ name: 'empty.txt', bytes: 0 })
  })
})
