import { sql } from 'kysely'
import { asSystem, type Db } from '#src/db/scope.ts'
import { sameBytes } from '#src/secret.ts'
import { recordSignIn } from '#src/sign-in/audit.ts'
import { consume, type Entry, type Refusal, type Visit } from '#src/sign-in/consume.ts'
import { LIMITS } from '#src/sign-in/limits.ts'
import { codeHash } from '#src/sign-in/links.ts'

export type Wrong = { outcome: 'wrong'; left: number }
export type Tired = { outcome: 'tries' }

/** The eight digits of what was typed or pasted (“4829 1357”, “4829-1357”); undefined when it isn't a code. */
export const typedCode = (typed: string): string | undefined => {
  const digits = typed.replace(/[\s\p{Pd}]/gu, '')
  return /^\d{8}$/.test(digits) ? digits : undefined
}

const findRequest = async (db: Db, id: string, browser: Buffer) =>
  db
    .selectFrom('login_request')
    .select(['id', 'state', 'wrong_tries', 'email_key', 'for_tenant'])
    .select(sql<boolean>`expires_at <= now()`.as('expired'))
    .where('id', '=', id)
    .where('browser_hash', '=', browser)
    .executeTakeFirst()

type Request = NonNullable<Awaited<ReturnType<typeof findRequest>>>

const whyOver = (request: Request): Refusal | Tired | undefined => {
  if (request.state === 'used') return { outcome: 'used' }
  if (request.state === 'replaced') return { outcome: 'replaced' }
  if (request.expired) return { outcome: 'expired' }
  return request.wrong_tries >= LIMITS.tries ? { outcome: 'tries' } : undefined
}

/**
 * Takes one try from this request and from the browser's others for the same address, whose codes count here too. Taken
 * before anything is compared, so that parallel guesses can't share one. Undefined when the others were faster.
 */
const takeTry = async (db: Db, request: Request, browser: Buffer) => {
  const { rows } = await sql<{ id: string; wrong_tries: number }>`
    update login_request set wrong_tries = wrong_tries + 1
    where id in (select id from login_request where browser_hash = ${browser} and email_key = ${request.email_key}
      and state in ('open', 'limited') and expires_at > now() and wrong_tries < ${LIMITS.tries} order by id for update)
    returning id, wrong_tries`.execute(db)
  const own = rows.find(({ id }) => id === request.id)
  return own && { ids: rows.map(({ id }) => id), left: LIMITS.tries - own.wrong_tries }
}

const findLinks = (db: Db, requests: string[]) =>
  db
    .selectFrom('login_link as l')
    .innerJoin('contact as c', (on) =>
      on.onRef('c.tenant_id', '=', 'l.tenant_id').onRef('c.id', '=', 'l.contact_id'),
    )
    .select(['l.id', 'l.tenant_id as tenantId', 'l.company_id as companyId', 'l.contact_id as contactId'])
    .select(['l.code_hash', 'c.name'])
    .where(sql<boolean>`l.request_id = any (${requests}::uuid[])`)
    .where('l.used_at', 'is', null)
    .where('l.revoked_at', 'is', null)
    .execute()

/**
 * What a code opens, typed on the page of a request. Whether the address belongs to anybody makes no difference to the
 * answer, the count of tries or the statements, unless the code is right.
 */
export const enterCode = (
  requestId: string,
  code: string,
  visit: Visit,
): Promise<Entry | Refusal | Wrong | Tired> =>
  asSystem('sign-in by code', async (db) => {
    const request = await findRequest(db, requestId, visit.browser)
    if (!request) return { outcome: 'elsewhere' }
    const over = whyOver(request)
    if (over) return over
    const taken = await takeTry(db, request, visit.browser)
    if (!taken) return { outcome: 'tries' }
    const links = await findLinks(db, taken.ids)
    const match = links.find((link) => sameBytes(link.code_hash, codeHash(link.id, code)))
    if (match) return consume(db, { tenantId: match.tenantId, id: match.id }, visit)

    const [person, ...others] = links
    const one = others.every((link) => link.contactId === person?.contactId) ? person : undefined
    const event = {
      tenantId: request.for_tenant,
      emailKey: request.email_key,
      request: requestId,
      ip: visit.ip,
    }
    await recordSignIn(db, { ...event, action: 'wrong-code', person: one })
    return taken.left > 0 ? { outcome: 'wrong', left: taken.left } : { outcome: 'tries' }
  })
