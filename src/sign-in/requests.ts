import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { asSystem, type Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { recordSignIn } from '#src/sign-in/audit.ts'
import { isTooMany, replaceSurplus } from '#src/sign-in/limits.ts'

/** Somebody asks to sign in: what was typed, and where. */
export type Asking = {
  email: string
  browser: Buffer
  /** The tenant whose page it was, when that is known. */
  tenantId: string | null
  /** That tenant's own host, when the page was there. */
  host: string | null
  next: string | null
  ip: string
  userAgent: string
  /** How long request, link and code may live. */
  minutes: number
}

const insert = async (db: Db, id: string, key: string, asking: Asking) =>
  db
    .insertInto('login_request')
    .values({
      id,
      for_tenant: asking.tenantId,
      host: asking.host,
      email: asking.email,
      email_key: key,
      browser_hash: asking.browser,
      ip: asking.ip,
      user_agent: asking.userAgent.slice(0, 400),
      next_path: asking.next,
      expires_at: sql<Date>`now() + make_interval(mins => ${asking.minutes}::int)`,
      state: sql<
        'open' | 'limited'
      >`case when ${isTooMany(key, asking.browser)} then 'limited' else 'open' end`,
    })
    .returning('state')
    .executeTakeFirstOrThrow()

/**
 * Stores a request and leaves the rest to a job. Answers the request's id. Nothing is looked up: for every address, known,
 * unknown or over its limit, the same statements run in the same order, so that neither answer nor time tells them apart.
 */
export const requestSignIn = async (asking: Asking): Promise<string> => {
  const id = uuidv7()
  const key = emailKey(asking.email)
  await asSystem('sign-in request', async (db) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 1))`.execute(db)
    const { state } = await insert(db, id, key, asking)
    await replaceSurplus(id).execute(db)
    await enqueue(db, 'sign-in:resolve', { request: id })
    const action = state === 'open' ? 'requested' : 'limited'
    await recordSignIn(db, { action, tenantId: asking.tenantId, emailKey: key, request: id, ip: asking.ip })
  })
  return id
}

/** What the code page may show of a request: its address only to the browser that asked. */
export const ownRequest = async (id: string, browser: Buffer) =>
  asSystem('sign-in request', (db) =>
    db
      .selectFrom('login_request')
      .select(['email', 'next_path'])
      .where('id', '=', id)
      .where('browser_hash', '=', browser)
      .executeTakeFirst(),
  )
