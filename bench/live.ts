import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { paths } from '#src/paths.ts'
import { openToken, sealToken } from '#src/secret.ts'
import { startApp } from './app.ts'
import { findCast, type Person } from './cast.ts'
import { openBenchDatabase } from './database.ts'
import { startMailSink } from './mail-sink.ts'
import { say } from './report.ts'
import { FULL, SMALL } from './sample/sizes.ts'
import { browser, csrfOf } from './visitor.ts'

const REPLIES = 20
/** What the issue promises. */
const LATEST = 2_000
const MOST_MEMORY = 200

const STREAMS = 500
const PEOPLE = 200

const one = async (ownerUrl: string, text: string, values: unknown[]) => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ id: string; role_id: string | null }>(text, values)
  await client.end()
  return rows
}

const ROLES = `update contact c set role_id = given.role from (select unnest($2::uuid[]) as id, unnest($3::uuid[]) as role) given
  where c.tenant_id = $1 and c.id = given.id`

/**
 * People who may all see their company's tickets, each with a session, and a ticket that only one of them is on, so that
 * mails don't drown what is measured. `restore` gives everybody the old role back.
 */
const prepare = async (ownerUrl: string, { tenantId, companyId, contactId }: Person) => {
  const people = await one(
    ownerUrl,
    `select id, role_id from contact where tenant_id = $1 and company_id = $2 order by id = $3 desc, id limit $4`,
    [tenantId, companyId, contactId, PEOPLE],
  )
  const ids = people.map((person) => person.id)
  const [manager] = await one(ownerUrl, `select id from role where tenant_id = $1 and preset = 'manager'`, [
    tenantId,
  ])
  await one(ownerUrl, ROLES, [tenantId, ids, ids.map(() => manager?.id)])
  const ticket = uuidv7()
  await one(
    ownerUrl,
    `insert into ticket (tenant_id, id, company_id, number, subject, requester_id, visible_to)
      select $1, $2, $3, max(number) + 1, 'Live', $4, array[$4::uuid] from ticket where tenant_id = $1`,
    [tenantId, ticket, companyId, contactId],
  )
  const tokens = ids.map(() => sealToken(tenantId))
  await one(
    ownerUrl,
    `insert into session (tenant_id, id, contact_id, company_id, token_hash, expires_at)
      select $1, gen_random_uuid(), unnest($2::uuid[]), $3, unnest($4::bytea[]), now() + interval '1 day'`,
    [tenantId, ids, companyId, tokens.map((token) => openToken(token)?.hash)],
  )
  const restore = () => one(ownerUrl, ROLES, [tenantId, ids, people.map((person) => person.role_id)])
  return { ticket, tokens, restore }
}

/** Opens a stream; calls `heard` at each event of the ticket. Answers when it is ready. */
const openStream = (url: string, cookie: string, heard: () => void) =>
  new Promise<() => void>((resolve, reject) => {
    const request = get(url, { headers: { cookie, accept: 'text/event-stream' }, agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`a stream was answered ${answer.statusCode}`))
      answer.setEncoding('utf8').on('data', (text: string) => {
        for (const _ of text.matchAll(/^event: ticket$/gm)) heard()
        if (/^event: ready$/m.test(text)) resolve(() => request.destroy())
      })
    })
    request.on('error', reject)
  })

const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const megabytes = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** `npm run bench -- live`: one process, 500 streams of people of one company who may all see its tickets, and replies to one. Answers the exit code. */
export const measureLive = async (quick: boolean): Promise<number> => {
  const count = quick ? STREAMS / 10 : STREAMS
  const database = await openBenchDatabase(quick ? SMALL : FULL)
  const mails = await startMailSink()
  const app = await startApp(database.env, 1, mails.url)
  const closes: (() => void)[] = []
  const after: (() => Promise<unknown>)[] = []
  try {
    const cast = await findCast(database.urls.owner)
    const { ticket, tokens, restore } = await prepare(database.urls.owner, cast.largestAdmin)
    after.push(restore)
    const before = megabytes(app.pid)
    let sent = 0
    const waits: number[] = []
    const url = `${app.origin}${paths.live()}?since=${Date.now() + 60_000}`
    for (let n = 0; n < count; n++) {
      const cookie = `portal=${tokens[n % tokens.length]}`
      closes.push(await openStream(url, cookie, () => waits.push(performance.now() - sent)))
    }
    say(`${closes.length} streams are open, ${megabytes(app.pid).toFixed(0)} MB`)
    const writer = browser(app.origin)
    writer.jar.set('portal', tokens[0] ?? '')
    for (let n = 1; n <= REPLIES; n++) {
      const csrf = csrfOf((await writer.go(paths.ticket(ticket))).text)
      sent = performance.now()
      const answer = await writer.send(paths.ticketReplies(ticket), { csrf, body: `Reply ${n}` })
      if (answer.status !== 303) throw new Error(`a reply was answered ${answer.status}`)
      for (const end = performance.now() + 10_000; performance.now() < end; await setTimeout(20))
        if (waits.length >= n * closes.length) break
    }
    const sorted = waits.toSorted((a, b) => a - b)
    const [middle, slow, last] = [percentile(sorted, 0.5), percentile(sorted, 0.99), sorted.at(-1) ?? 0]
    const memory = megabytes(app.pid)
    const missing = REPLIES * closes.length - waits.length
    console.log(
      `${closes.length} streams, ${REPLIES} replies: p50 ${middle.toFixed(0)} ms, p99 ${slow.toFixed(0)} ms, last ${last.toFixed(0)} ms after the reply was sent; ` +
        `${missing} missing or doubled; ${memory.toFixed(0)} MB (${before.toFixed(0)} MB before)`,
    )
    return missing === 0 && last < LATEST && memory < MOST_MEMORY ? 0 : 1
  } finally {
    for (const close of closes) close()
    for (const work of after) await work()
    await app.stop()
    await mails.stop()
    await database.close()
  }
}
