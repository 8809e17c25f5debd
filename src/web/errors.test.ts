import { createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { closePools, currentUrls, type DatabaseUrls, SURFACES, useDatabase } from '#src/db/connect.ts'
import { log } from '#src/log.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { wordsOf } from '#test/pages.ts'
import { type Answer, as, browser, send, sessionOf, stranger, type World, world } from '#test/world.ts'

let w: World
let urls: DatabaseUrls
beforeAll(async () => {
  w = await world()
  urls = currentUrls()
})

const JSON_PLEASE = { accept: 'application/json' }
const inBrand = (answer: Answer) => [
  answer.text.includes('<!doctype html>'),
  answer.text.includes('Quayline IT'),
  answer.text.includes('id="main"'),
]

/** Breaks a table for as long as the work takes. */
const broken = async (work: () => Promise<Answer>) => {
  await asOwner('alter table category rename to gone')
  try {
    return await work()
  } finally {
    await asOwner('alter table gone rename to category')
  }
}

describe('a page that says what went wrong', () => {
  test('is one of ours, with the way back of who has signed in', async () => {
    const [alice, viewer] = [await as(w.alice), await as(w.roles.viewer)]
    for (const [status, answer, title] of [
      [404, await alice.get('/portal/nothing'), 'This page isn’t here'],
      [404, await alice.post('/portal/nothing'), 'This page isn’t here'],
      [403, await viewer.get(paths.newTicket()), 'Your role doesn’t open this'],
      [403, await alice.post(paths.tickets(), { csrf: 'x' }), 'This page was too old to send'],
      [409, await conflict(), 'Somebody was faster'],
      [500, await broken(() => alice.get(paths.tickets())), 'Something broke on our side'],
    ] as const) {
      expect([title, answer.status, wordsOf(answer)]).toEqual([title, status, expect.stringContaining(title)])
      expect([title, ...inBrand(answer)]).toEqual([title, true, true, true])
      expect([
        title,
        answer.text.includes(`href="${paths.home()}"`),
        answer.text.includes(w.alice.name) || status === 403,
      ]).toEqual([title, true, true])
    }
  })

  const conflict = async () => {
    const [alice, once] = [await as(w.alice), crypto.randomUUID()]
    await alice.post(paths.tickets(), { subject: 'One', body: 'x', once })
    return alice.post(paths.tickets(), { subject: 'Two', body: 'x', once })
  }

  test('without a session leads to sign-in, and knows no tenant that it was not told', async () => {
    const nothing = await stranger.get('/nothing')
    expect([nothing.status, nothing.text.includes(`href="${paths.login()}"`)]).toEqual([404, true])
    for (const name of ['Quayline', 'Harbor', 'Alice']) expect(nothing.text).not.toContain(name)
    expect((await stranger.post('/portal/login', { email: 'x' })).status).toBe(403)
  })

  test('after too many tries says for how long to wait, in the brand of the page it was on', async () => {
    const secret = 'c'.repeat(43)
    const at = browser(`portal-browser=${secret}`, secret)
    const ask = () => at.post(paths.login({ tenant: 'quayline' }), { email: 'somebody@acme.example' })
    expect((await ask()).status).toBe(303)
    await asOwner('update rate_count set count = 30')
    const answer = await ask()
    expect([answer.status, ...inBrand(answer)]).toEqual([429, true, true, true])
    expect(wordsOf(answer)).toMatch(/Wait (a minute|\d+ minutes), then try again/)
    const seconds = Number(answer.headers.get('retry-after'))
    expect([seconds > 0, seconds <= 600]).toEqual([true, true])
  })

  test('for a program is a problem document', async () => {
    const alice = await as(w.alice)
    for (const [status, answer] of [
      [404, await alice.get('/portal/nothing', JSON_PLEASE)],
      [403, await alice.post(paths.tickets(), { csrf: 'x' }, JSON_PLEASE)],
      [404, await send('/nothing', { headers: { accept: 'application/problem+json, */*;q=0.1' } })],
      [421, await send('/nothing', { headers: { host: 'evil.example', ...JSON_PLEASE } })],
    ] as const) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        status,
        'application/problem+json',
      ])
      const problem = JSON.parse(answer.text)
      expect(Object.keys(problem)).toEqual(['type', 'status', 'title', 'detail'])
      expect(problem).toMatchObject({ type: 'about:blank', status })
    }
    const bug = await broken(() => alice.get(paths.tickets(), JSON_PLEASE))
    expect(JSON.parse(bug.text)).toMatchObject({
      status: 500,
      instance: expect.stringMatching(/^[0-9a-f]{8}$/),
    })
  })
})

describe('a bug', () => {
  test('gives the stranger a reference, the operator the story', async () => {
    const lines: Record<string, unknown>[] = []
    const { level } = log
    const error = log.error.bind(log)
    log.level = 'error'
    log.error = ((fields: Record<string, unknown>) => lines.push(fields)) as typeof log.error
    const answer = await broken(async () => (await as(w.alice)).get(paths.tickets({ q: 'what I searched' })))
    log.error = error
    log.level = level

    const reference = /class="num[^"]*">([0-9a-f]{8})</.exec(answer.text)?.[1] ?? ''
    expect(answer.status).toBe(500)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({
      method: 'GET',
      path: '/portal/tickets',
      err: expect.objectContaining({ message: expect.stringContaining('category') }),
    })
    expect(String(lines[0]?.id).startsWith(reference) && reference.length === 8).toBe(true)
    for (const detail of ['category', 'relation', 'select', 'src/', 'node_modules', '.ts:', 'Error'])
      expect(wordsOf(answer)).not.toContain(detail)
    expect(JSON.stringify(lines.map(({ err: _, ...rest }) => rest))).not.toContain('what I searched')
  })

  test('undoes everything, and the next request is served', async () => {
    const count = async () => (await asOwner('select from ticket')).length
    const before = await count()
    await asOwner(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
    )
    await asOwner('create trigger refuse before insert on ticket_read for each row execute function refuse()')
    const alice = await as(w.alice)
    for (let n = 0; n < 12; n++)
      expect((await alice.post(paths.tickets(), { subject: 'S', body: 'B' })).status).toBe(500)
    await asOwner('drop trigger refuse on ticket_read')
    expect(await count()).toBe(before)
    expect((await alice.get(paths.home())).status).toBe(200)
  })
})

/** Ends what the app's roles have open in this database, as an operator's restart would. Answers how many. */
const cutConnections = async () => {
  const admin = new pg.Client({ connectionString: inject('database').admin })
  await admin.connect()
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename like 'cp\\_%'`
  const { rowCount } = await admin.query(cut, [new URL(urls.owner).pathname.slice(1)])
  await admin.end()
  return rowCount
}

describe('without its database', () => {
  const use = async (changed: Partial<DatabaseUrls>) => {
    await closePools()
    useDatabase({ ...urls, ...changed })
  }
  const servers: Server[] = []
  afterEach(async () => {
    await use({})
    for (const server of servers.splice(0)) server.close()
  })
  const dead = 'postgres://nobody:x@127.0.0.1:1/nothing'
  const all = (url: string) => Object.fromEntries(SURFACES.map((surface) => [surface, url]))

  test('every page says so, in a moment to come back, and the process lives', async () => {
    const cookie = `portal=${await sessionOf(w.alice)}`
    await use(all(dead))
    for (const path of [paths.home(), paths.tickets(), paths.login(), paths.ticket(w.tickets.alices.id)]) {
      const answer = await send(path, { headers: { cookie } })
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '60'])
      expect(wordsOf(answer)).toContain('We’ll be right back')
    }
    expect(
      JSON.parse((await send(paths.home(), { headers: { cookie, ...JSON_PLEASE } })).text),
    ).toMatchObject({ status: 503 })
    expect([(await stranger.get('/healthz')).status, (await stranger.get('/readyz')).status]).toEqual([
      200, 503,
    ])
    await use({})
    expect([
      (await send(paths.home(), { headers: { cookie } })).status,
      (await stranger.get('/readyz')).status,
    ]).toEqual([200, 200])
  })

  test('lost between session and page it is said in the brand of who has signed in', async () => {
    const alice = await as(w.alice)
    await use({ portal: dead })
    const answer = await alice.get(paths.tickets())
    expect([answer.status, ...inBrand(answer)]).toEqual([503, true, true, true])
    const write = await alice.post(paths.tickets(), { subject: 'Nothing lost', body: 'x' })
    expect(write.status).toBe(503)
    await use({})
    expect((await alice.get(paths.tickets())).status).toBe(200)
  })

  test('one that accepts and never answers is given up', async () => {
    const silent = createServer(() => {})
    servers.push(silent)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = address && typeof address === 'object' ? address.port : 0
    const alice = await as(w.alice)
    await use({ portal: `postgres://nobody:x@127.0.0.1:${port}/nothing` })
    expect((await alice.get(paths.tickets())).status).toBe(503)
  })

  test('one whose connections are all cut is used again', async () => {
    const alice = await as(w.alice)
    await Promise.all([alice.get(paths.home()), alice.get(paths.tickets())])
    expect(await cutConnections()).toBeGreaterThan(1)
    const answers = await Promise.all(Array.from({ length: 12 }, () => alice.get(paths.home())))
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
    expect((await alice.get(paths.home())).status).toBe(200)
  })
})
