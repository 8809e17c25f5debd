import { uuidv7 } from 'uuidv7'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { openToken, sealToken } from '#src/secret.ts'
import type { Deskhand, Person } from './cast.ts'
import type { MailSink } from './mail-sink.ts'

/** Whoever has signed in: what to send with each request, and what goes into a form. */
export type Visitor = { cookie: string; session: string; csrf: string }

/** As much of a browser as signing in needs: it keeps cookies and sends forms from the page that they are on. */
export const browser = (origin: string) => {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const go = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(origin + path, {
      ...init,
      redirect: 'manual',
      headers: { cookie: cookie(), ...init.headers },
    })
    for (const header of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? []
      jar.set(name, value)
    }
    return {
      status: answer.status,
      text: await answer.text(),
      location: answer.headers.get('location') ?? '',
    }
  }
  const send = (path: string, fields: Record<string, string>) =>
    go(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin, 'sec-fetch-site': 'same-origin' },
    })
  return { jar, cookie, go, send }
}

/** The token of a page's forms. */
export const csrfOf = (html: string): string => {
  const token = /name="csrf" value="([^"]+)"/.exec(html)?.[1]
  if (!token) throw new Error('the page has no form')
  return token
}

/** Signs in as a person does: address, mail, link. */
export const signIn = async (origin: string, who: Person, mails: MailSink): Promise<Visitor> => {
  const { jar, cookie, go, send } = browser(origin)
  const tenant = who.slug
  const login = await go(paths.login({ tenant }))
  const asked = await send(paths.login({ tenant }), { csrf: csrfOf(login.text), email: who.email })
  if (asked.status !== 303) throw new Error(`asking to sign in as ${who.email} was answered ${asked.status}`)
  const token = /#t=([\w-]{64})/.exec(await mails.take(who.email))?.[1]
  if (!token) throw new Error('the mail has no link')
  const link = await go(paths.loginVerify({ tenant }))
  const entered = await send(paths.loginVerify({ tenant }), { csrf: csrfOf(link.text), t: token })
  const session = jar.get('portal')
  if (entered.status !== 303 || !session) throw new Error(`the link was answered ${entered.status}`)
  const page = await go(paths.home())
  return { cookie: cookie(), session, csrf: csrfOf(page.text) }
}

/** Somebody of the desk, who has signed in without the ceremony: that is measured elsewhere. */
export const enterDesk = async ({ tenantId, staffId }: Deskhand): Promise<Visitor> => {
  const session = sealToken(tenantId)
  await systemQuery(
    `insert into staff_session (tenant_id, id, staff_id, token_hash, method, expires_at)
      values ($1, $2, $3, $4, 'passkey', now() + interval '12 hours')`,
    [tenantId, uuidv7(), staffId, openToken(session)?.hash],
  )
  return { cookie: `staff=${session}`, session, csrf: '' }
}
