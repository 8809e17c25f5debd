import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { diskStore } from '#src/files/store.ts'
import { openToken, sha256 } from '#src/secret.ts'
import type { Ledger } from './ledger.ts'
import type { Mail } from './mails.ts'

const WAITING = `select (select count(*) from graphile_worker._private_jobs where attempts < max_attempts)
  + (select count(*) from mail where state = 'queued') as waiting`

const PATIENCE = 180_000

/** Waits until every job is done and every mail has gone out. Throws when nothing has moved for three minutes. */
export const settled = async (client: pg.Client) => {
  let least = Number.POSITIVE_INFINITY
  for (let end = Date.now() + PATIENCE; ; await pause(200)) {
    const { rows } = await client.query<{ waiting: number }>(WAITING)
    const waiting = Number(rows[0]?.waiting)
    if (waiting === 0) return
    if (waiting < least) end = Date.now() + PATIENCE
    least = Math.min(least, waiting)
    if (Date.now() > end) throw new Error(`${waiting} jobs and mails still wait, and nothing moves`)
  }
}

type Found = { id: string; body: string }

/** Every acknowledged write is there, under the id that was answered, and none of them twice, acknowledged or not. */
const findWrites = async (client: pg.Client, { written, sessions }: Ledger) => {
  const messages = await client.query<Found>(
    `select case when m.id = first.id then m.ticket_id else m.id end as id, m.body from ticket_message m
      join lateral (select id from ticket_message f where f.tenant_id = m.tenant_id and f.ticket_id = m.ticket_id
        order by created_at, id limit 1) first on true where m.body like 'proof-%'`,
  )
  const byBody = Map.groupBy(messages.rows, ({ body }) => body)
  const missing = written.filter(({ marker, id }) => !byBody.get(marker)?.some((row) => row.id === id))
  const doubled = [...byBody].filter(([, rows]) => rows.length > 1)
  const hashes = sessions.map(({ token }) => openToken(token)?.hash)
  const kept = await client.query<{ hash: string }>(
    `select encode(token_hash, 'hex') as hash from session where token_hash = any ($1)`,
    [hashes],
  )
  const known = new Set(kept.rows.map((row) => row.hash))
  const lost = hashes.filter((hash) => !known.has(hash?.toString('hex') ?? ''))
  return [
    ...missing.map(({ marker }) => `missing: ${marker}`),
    ...doubled.map(([body, rows]) => `doubled: ${body}, ${rows.length} times`),
    ...lost.map(() => 'missing: a session whose cookie was handed out'),
  ]
}

const HALF = [
  [
    'a ticket without a message',
    `select t.id from ticket t where not exists (select from ticket_message m where m.tenant_id = t.tenant_id and m.ticket_id = t.id)`,
  ],
  [
    'a ticket that counts its replies wrong',
    `select t.id from ticket t where replies + 1 <> (select count(*) from ticket_message m where m.tenant_id = t.tenant_id and m.ticket_id = t.id and not m.internal)`,
  ],
  [
    'a message that other people see than its ticket',
    `select m.id from ticket_message m join ticket t on t.tenant_id = m.tenant_id and t.id = m.ticket_id where m.visible_to <> t.visible_to or m.confidential <> t.confidential`,
  ],
  [
    'a ticket whose people are not its participants',
    `select t.id from ticket t where visible_to is distinct from (select array_agg(contact_id order by array_position(t.visible_to, contact_id)) from ticket_participant p where p.tenant_id = t.tenant_id and p.ticket_id = t.id)`,
  ],
  [
    'an attachment of no message',
    `select a.id from attachment a where not exists (select from ticket_message m where m.tenant_id = a.tenant_id and m.id = a.message_id and m.visible_to = a.visible_to)`,
  ],
  [
    'a form that was noted as sent and has no answer',
    `select key as id from idempotency where location is null`,
  ],
  [
    'a used link without a session',
    `select l.id from login_link l where used_at is not null and not exists (select from session s where s.tenant_id = l.tenant_id and s.link_id = l.id)`,
  ],
] as const

/** Nothing was done by halves: in the database, and between its rows and the files on the disk. */
const findHalves = async (client: pg.Client, dataDir: string, { written }: Ledger) => {
  const faults: string[] = []
  for (const [what, query] of HALF)
    for (const { id } of (await client.query<{ id: string }>(query)).rows) faults.push(`${what}: ${id}`)
  const store = diskStore(dataDir)
  const { rows } = await client.query<{ tenant_id: string; id: string; name: string; sha256: Buffer }>(
    'select tenant_id, id, name, sha256 from attachment',
  )
  for (const { tenant_id, id, name, sha256: hash } of rows) {
    const content = await store.open(tenant_id, id)
    if (!content) faults.push(`an attachment without its file: ${name}`)
    else if (!sha256(Buffer.concat(await content.toArray())).equals(hash))
      faults.push(`an attachment with another file: ${name}`)
  }
  const attached = new Set(rows.map(({ name }) => name))
  for (const { marker, withFile } of written)
    if (withFile && !attached.has(`${marker}.txt`)) faults.push(`missing: the file of ${marker}`)
  return faults
}

type MailRow = { message_id: string; state: string; recipient: string; marker: string | null }

const MAILS = `select l.message_id, l.state, l.recipient, m.body as marker from mail l
  left join ticket_message m on m.tenant_id = l.tenant_id and m.id::text = l.data->>'message'`

/** Each mail went out at least once, always under the one Message-ID of its row. */
const findMails = async (client: pg.Client, sent: Mail[], { written }: Ledger) => {
  const { rows } = await client.query<MailRow>(MAILS)
  const copies = Map.groupBy(sent, (mail) => mail.messageId)
  const known = new Map(rows.map((row) => [row.message_id, row]))
  const told = new Set(rows.map((row) => `${row.marker} ${row.recipient}`))
  const texts = (mails: Mail[]) => new Set(mails.map((mail) => `${mail.to} ${mail.text}`)).size
  return [
    ...rows
      .filter((row) => row.state === 'sent' && !copies.has(row.message_id))
      .map((row) => `a mail that never came: ${row.message_id}`),
    ...rows.filter((row) => row.state === 'failed').map((row) => `a mail given up: ${row.message_id}`),
    ...rows
      .filter((row) => row.state === 'dropped' && row.marker)
      .map((row) => `a mail dropped: ${row.marker}`),
    ...[...copies.keys()].filter((id) => !known.has(id)).map((id) => `a mail of no row: ${id}`),
    ...[...copies]
      .filter(([, mails]) => texts(mails) > 1)
      .map(([id]) => `one Message-ID, several mails: ${id}`),
    ...written
      .filter(({ marker, colleague }) => !told.has(`${marker} ${colleague.email}`))
      .map(({ marker }) => `nobody was told: ${marker}`),
  ]
}

/** Asks the database, the disk and the mail server whether everything that was acknowledged is there, once. */
export const findFaults = async (
  client: pg.Client,
  dataDir: string,
  ledger: Ledger,
  sent: Mail[],
): Promise<string[]> => [
  ...ledger.faults,
  ...(await findWrites(client, ledger)),
  ...(await findHalves(client, dataDir, ledger)),
  ...(await findMails(client, sent, ledger)),
]
