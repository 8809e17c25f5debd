import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { openToken, sealToken } from '#src/secret.ts'
import { recordSignIn } from '#src/sign-in/audit.ts'

/** The browser that wants in. */
export type Visit = {
  browser: Buffer
  /** What its pre-login secret becomes when it gets in. */
  newBrowser: Buffer
  /** A session cookie that it came with: that session ends. */
  cookie: string | undefined
  ip: string
  userAgent: string
}

/** A link by the hash of its token, or by the id that a code led to. */
export type LinkKey = { tenantId: string; token: Buffer } | { tenantId: string; id: string }

export type Entry = { outcome: 'in'; token: string; seconds: number; next: string | null }
export type Refusal = { outcome: 'unknown' | 'used' | 'expired' | 'replaced' | 'elsewhere' }

type Claimed = {
  id: string
  request_id: string
  contact_id: string
  company_id: string
  name: string
  email_key: string
  next_path: string | null
  seconds: number
}

const isLink = (key: LinkKey): RawBuilder<boolean> =>
  'token' in key
    ? sql`l.tenant_id = ${key.tenantId} and l.token_hash = ${key.token}`
    : sql`l.tenant_id = ${key.tenantId} and l.id = ${key.id}`

/** Request first, then contact, always: two links of one request or one contact wait for each other and can't deadlock. */
const lock = async (db: Db, key: LinkKey) => {
  await sql`select from login_request r where r.id = (
    select l.request_id from login_link l where ${isLink(key)}) for update`.execute(db)
  await sql`select from contact c where (c.tenant_id, c.id) = (
    select l.tenant_id, l.contact_id from login_link l where ${isLink(key)}) for no key update`.execute(db)
}

/** The one statement that uses a link up: its session appears with it, or neither happens. */
const claim = (key: LinkKey, visit: Visit, token: string) => sql<Claimed>`
  with claimed as (
    update login_link l set used_at = now()
    from login_request r, contact c, company o, tenant t
    where ${isLink(key)} and l.browser_hash = ${visit.browser}
      and l.used_at is null and l.revoked_at is null and l.expires_at > now()
      and r.id = l.request_id and r.state = 'open'
      and c.tenant_id = l.tenant_id and c.id = l.contact_id
      and c.role_id is not null and c.disabled_at is null and c.archived_at is null
      and o.tenant_id = l.tenant_id and o.id = l.company_id and o.archived_at is null
      and t.tenant_id = l.tenant_id and t.suspended_at is null
    returning l.tenant_id, l.id, l.request_id, l.contact_id, l.company_id, c.name, r.email_key, r.next_path,
      least(greatest(coalesce((t.settings->>'sessionDays')::int, 7), 1), 30) * 86400 as seconds
  ), made as (
    insert into session (tenant_id, id, contact_id, company_id, token_hash, link_id, ip, user_agent, expires_at)
    select tenant_id, ${uuidv7()}::uuid, contact_id, company_id, ${openToken(token)?.hash}::bytea, id, ${visit.ip}::inet,
      ${visit.userAgent.slice(0, 400)}, now() + make_interval(secs => seconds)
    from claimed returning link_id
  )
  select claimed.* from claimed join made on made.link_id = claimed.id`

/** Consuming one kills all others of the same contact and of the same request. */
const settle = async (db: Db, tenantId: string, used: Claimed, visit: Visit) => {
  await sql`update login_link set revoked_at = now() where tenant_id = ${tenantId} and contact_id = ${used.contact_id}
    and used_at is null and revoked_at is null`.execute(db)
  await sql`update login_request set state = 'used' where id = ${used.request_id}`.execute(db)
  await sql`update contact set last_sign_in_at = now(), first_sign_in_at = coalesce(first_sign_in_at, now())
    where tenant_id = ${tenantId} and id = ${used.contact_id}`.execute(db)
  await sql`update known_browser set browser_hash = ${visit.newBrowser} where browser_hash = ${visit.browser}`.execute(
    db,
  )
  await sql`insert into known_browser (email_key, browser_hash) values (${used.email_key}, ${visit.newBrowser})
    on conflict (email_key, browser_hash) do update set seen_at = now()`.execute(db)
  const old = visit.cookie && openToken(visit.cookie)
  if (old)
    await sql`update session set ended_at = now()
      where tenant_id = ${old.tenantId} and token_hash = ${old.hash} and ended_at is null`.execute(db)
}

type Found = {
  contact_id: string
  company_id: string
  name: string
  request_id: string
  here: boolean
  used: boolean
  expired: boolean
  open: boolean
}

const explain = async (db: Db, key: LinkKey, visit: Visit): Promise<Refusal> => {
  const { rows } = await sql<Found>`
    select l.contact_id, l.company_id, c.name, l.request_id, l.browser_hash = ${visit.browser} as here,
      l.used_at is not null as used, l.expires_at <= now() as expired,
      l.revoked_at is null and coalesce(r.state = 'open', false) as open
    from login_link l join contact c on c.tenant_id = l.tenant_id and c.id = l.contact_id
      left join login_request r on r.id = l.request_id
    where ${isLink(key)}`.execute(db)
  const [link] = rows
  if (!link) return { outcome: 'unknown' }
  const person = {
    tenantId: key.tenantId,
    companyId: link.company_id,
    contactId: link.contact_id,
    name: link.name,
  }
  const event = { person, request: link.request_id, ip: visit.ip }
  if (link.used || link.expired || !link.open) {
    await recordSignIn(db, { ...event, action: link.used ? 'used-again' : 'expired' })
    return { outcome: link.used ? 'used' : link.expired ? 'expired' : 'replaced' }
  }
  await recordSignIn(db, { ...event, action: link.here ? 'refused' : 'wrong-browser' })
  return { outcome: link.here ? 'unknown' : 'elsewhere' }
}

/** Turns a link into a session, or says why not. `db` is the system's; what it throws undoes everything, link included. */
export const consume = async (db: Db, key: LinkKey, visit: Visit): Promise<Entry | Refusal> => {
  await lock(db, key)
  const token = sealToken(key.tenantId)
  const { rows } = await claim(key, visit, token).execute(db)
  const [used] = rows
  if (!used) return explain(db, key, visit)
  await settle(db, key.tenantId, used, visit)
  const person = {
    tenantId: key.tenantId,
    companyId: used.company_id,
    contactId: used.contact_id,
    name: used.name,
  }
  await recordSignIn(db, { action: 'consumed', person, request: used.request_id, ip: visit.ip })
  return { outcome: 'in', token, seconds: used.seconds, next: used.next_path }
}
