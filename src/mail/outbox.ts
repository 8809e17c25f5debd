import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Json } from '#src/db/schema.gen.ts'
import type { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { mailSettings } from '#src/mail/settings.ts'

export type NewMail = {
  /** Which of kinds.ts renders it. */
  kind: string
  /** One address. */
  to: string
  contactId?: string | undefined
  /** What the renderer needs to find its facts again: ids, never secrets, never texts. */
  data: { [key: string]: Json }
  /** A second mail of the tenant with this key is not made. */
  dedupeKey: string
  /** Never sent after this. */
  expiresAt?: Date | undefined
  /** What it belongs to (a ticket's id): mails of one thread reach a recipient in order and as one conversation. */
  thread?: string | undefined
}

const messageId = (id: string) => {
  const { MAIL_FROM, PUBLIC_URL } = mailSettings()
  return `<${id}@${MAIL_FROM?.split('@').pop() ?? PUBLIC_URL.hostname}>`
}

/**
 * Puts a mail into the outbox, in the caller's transaction (`asSystem` with a tenant). It is rendered when it is sent.
 * Answers its id; undefined when the dedupe key was there already.
 */
export const queueMail = async (db: Db, mail: NewMail): Promise<string | undefined> => {
  const id = uuidv7()
  const made = await db
    .insertInto('mail')
    .values({
      id,
      kind: mail.kind,
      recipient: mail.to,
      contact_id: mail.contactId ?? null,
      data: JSON.stringify(mail.data),
      dedupe_key: mail.dedupeKey,
      thread: mail.thread ?? null,
      message_id: messageId(id),
      expires_at: mail.expiresAt ?? null,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'dedupe_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  await sendSoon(db, id)
  return id
}

const sendSoon = (db: Db, id: string, runAt?: Date) =>
  enqueue(db, 'mail:send', { tenant: db.tenant, mail: id }, { key: `mail:${id}`, ...(runAt && { runAt }) })

const findQueued = (db: Db, id: string) =>
  db
    .selectFrom('mail')
    .selectAll()
    .select(sql<boolean>`coalesce(expires_at <= now(), false)`.as('expired'))
    .select(sql<number>`extract(epoch from now() - created_at)::float8`.as('age'))
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst()

export type QueuedMail = NonNullable<Awaited<ReturnType<typeof findQueued>>>

/** Is an earlier mail of the same conversation to the same person still on its way? */
const hasPredecessor = async (db: Db, { id, recipient, thread }: QueuedMail) => {
  if (!thread) return false
  const earlier = await db
    .selectFrom('mail')
    .select('id')
    .where('state', '=', 'queued')
    .where('recipient', '=', recipient)
    .where('thread', '=', thread)
    .where('id', '<', id)
    .limit(1)
    .executeTakeFirst()
  return earlier !== undefined
}

/**
 * The mail that is to be sent now, its attempt counted. Undefined when there is nothing to do: it is done, too late
 * (then dropped), or behind another one of its thread (then its job comes again, later the longer it has waited).
 */
export const claimMail = async (db: Db, id: string): Promise<QueuedMail | undefined> => {
  const mail = await findQueued(db, id)
  if (!mail) return undefined
  if (mail.expired) {
    await settleMail(db, id, 'dropped', 'too late')
    return undefined
  }
  if (await hasPredecessor(db, mail)) {
    const seconds = Math.min(Math.max(mail.age / 4, 2), 900)
    await sendSoon(db, id, new Date(Date.now() + seconds * 1_000))
    return undefined
  }
  await db
    .updateTable('mail')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute()
  return mail
}

/** Nobody is before it any more, so it need not wait for its turn to be asked again. */
const wakeNext = async (db: Db, recipient: string, thread: string) => {
  const next = await db
    .selectFrom('mail')
    .select('id')
    .where('state', '=', 'queued')
    .where('recipient', '=', recipient)
    .where('thread', '=', thread)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (next) await sendSoon(db, next.id)
}

/** Writes how a mail ended; the next one of its thread sets out. */
export const settleMail = async (
  db: Db,
  id: string,
  state: 'sent' | 'dropped' | 'failed',
  error: string | null = null,
) => {
  const ended = await db
    .updateTable('mail')
    .set({ state, last_error: error, done_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning(['recipient', 'thread'])
    .executeTakeFirst()
  if (ended?.thread) await wakeNext(db, ended.recipient, ended.thread)
}

/** Writes why the last attempt failed, while the mail stays queued. */
export const noteFailure = async (db: Db, id: string, error: string) => {
  await db
    .updateTable('mail')
    .set({ last_error: error })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute()
}
