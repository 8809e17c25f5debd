import { randomBytes } from 'node:crypto'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { openToken, sealToken } from '#src/secret.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { recordStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { knownCookie } from '#src/staff-sign-in/known-browser.ts'
import { accountKey } from '#src/staff-sign-in/limits.ts'
import { stepToken } from '#src/staff-sign-in/steps.ts'
import type { PublicContext } from '#src/web/context.ts'

const YEAR = 365 * 24 * 3600

export type Member = { tenantId: string; staffId: string; name: string; email: string }
export type StaffEntry = { token: string; seconds: number; member: Member }

type Visit = { cookie: string | undefined; ip: string; userAgent: string }
type How = { method: 'password' | 'passkey'; by: 'totp' | 'recovery' | 'passkey' | 'enrolled' | 'demo' }

export const staffVisit = (c: PublicContext): Visit => ({
  cookie: getCookie(c, c.var.site.cookies.staff),
  ip: c.var.address,
  userAgent: c.req.header('user-agent') ?? '',
})

/** Makes a session of her own, always a new one; what the browser had before ends. `db` is the system's, with her tenant. */
export const openStaffSession = async (
  db: Db,
  member: Member,
  visit: Visit,
  how: How,
): Promise<StaffEntry | undefined> => {
  const token = sealToken(member.tenantId)
  const { rows } = await sql<{ seconds: number }>`
    insert into staff_session (tenant_id, id, staff_id, token_hash, method, ip, user_agent, expires_at)
    select t.tenant_id, ${uuidv7()}::uuid, m.id, ${openToken(token)?.hash}::bytea, ${how.method}, ${visit.ip}::inet,
      ${visit.userAgent.slice(0, 400)},
      now() + make_interval(hours => least(greatest(coalesce((t.settings->>'staffHours')::int, 12), 1), 24))
    from tenant t join staff_member m on m.tenant_id = t.tenant_id
    where t.tenant_id = ${member.tenantId} and m.id = ${member.staffId} and m.disabled_at is null
      and t.suspended_at is null
    returning extract(epoch from expires_at - now())::int as seconds`.execute(db)
  const [made] = rows
  if (!made) return undefined
  await db
    .updateTable('staff_member')
    .set({ last_sign_in_at: sql<Date>`now()` })
    .where('id', '=', member.staffId)
    .execute()
  const old = visit.cookie && openToken(visit.cookie)
  if (old)
    await sql`update staff_session set ended_at = now()
      where tenant_id = ${old.tenantId} and token_hash = ${old.hash} and ended_at is null`.execute(db)
  const staff = { id: member.staffId, name: member.name }
  await recordStaffSignIn(db, { action: 'signed-in', staff, ip: visit.ip, data: { by: how.by } })
  return { token, seconds: made.seconds, member }
}

const options = (c: PublicContext) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: c.var.site.https }) as const

/** Between the password and the second factor: a cookie that opens nothing but the next page, and knows where to then. */
export const keepStep = (c: PublicContext, tenantId: string, id: string, next = '') =>
  setCookie(c, c.var.site.cookies.staffStep, `${stepToken(tenantId, id)}~${next}`, {
    ...options(c),
    maxAge: 600,
  })

/** Hands over the session; the browser gets a new secret and is known to this account from now on. */
export const letStaffIn = (c: PublicContext, { token, seconds, member }: StaffEntry) => {
  const { cookies, https } = c.var.site
  const account = accountKey(member.tenantId, emailKey(member.email))
  setCookie(c, cookies.staff, token, { ...options(c), maxAge: seconds })
  setCookie(c, cookies.browser, randomBytes(32).toString('base64url'), { ...options(c), maxAge: YEAR })
  const known = knownCookie(getCookie(c, cookies.staffKnown), account)
  setCookie(c, cookies.staffKnown, known, { ...options(c), maxAge: YEAR })
  deleteCookie(c, cookies.staffStep, { path: '/', secure: https })
}
