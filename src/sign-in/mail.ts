import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import type { Block } from '#src/mail/blocks.ts'
import type { MailRow, MailTenant, RenderMail } from '#src/mail/kinds.ts'
import { mailSettings } from '#src/mail/settings.ts'
import type { Translate } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { deviceName } from '#src/sign-in/device.ts'
import { linkCode, linkToken } from '#src/sign-in/links.ts'
import { formatsFor } from '#src/web/formats.ts'

const dataSchema = z.object({ request: z.uuid(), links: z.array(z.uuid()).min(1) })

const findRequest = (db: Db, id: string) =>
  db
    .selectFrom('login_request')
    .select(['host', 'ip', 'user_agent', 'created_at'])
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()

const findLinks = (db: Db, ids: string[]) =>
  db
    .selectFrom('login_link as l')
    .innerJoin('company as o', 'o.id', 'l.company_id')
    .select(['l.id', 'o.name as company'])
    .where('l.id', 'in', ids)
    .where('l.used_at', 'is', null)
    .where('l.revoked_at', 'is', null)
    .orderBy('o.name')
    .orderBy('l.id')
    .execute()

type Link = Awaited<ReturnType<typeof findLinks>>[number]

/**
 * The page that the link leads to. A link works in the browser that asked, at the address where it asked: the tenant's own
 * host if that is (still) one of its hosts, else the installation's. A Host header chooses among these, and nothing else.
 */
const pageOf = async (db: Db, host: string | null, tenant: MailTenant) => {
  const { PUBLIC_URL } = mailSettings()
  const own =
    host &&
    (await db
      .selectFrom('tenant_host')
      .select('host')
      .where('host', '=', host)
      .where('verified_at', 'is not', null)
      .executeTakeFirst())
  return own
    ? `${PUBLIC_URL.protocol}//${host}${paths.loginVerify()}`
    : PUBLIC_URL.origin + paths.loginVerify({ tenant: tenant.slug })
}

const wayIn = (t: Translate, page: string, tenant: MailTenant, link: Link, one: boolean): Block[] => [
  {
    type: 'button',
    label: one ? t('signIn.mail.continue') : t('signIn.mail.continueTo', { company: link.company }),
    href: `${page}#t=${linkToken(tenant.id, link.id)}`,
  },
  {
    type: 'code',
    label: one ? t('signIn.mail.code') : t('signIn.mail.codeFor', { company: link.company }),
    code: linkCode(link.id),
  },
]

/** When, where and with what somebody asked: as much as tells a person whether it was she. */
const askedBy = (
  mail: MailRow,
  request: { ip: string | null; user_agent: string | null; created_at: Date },
): Block => {
  const { t } = mail
  const { exact } = formatsFor(mail.locale, mail.timeZone, request.created_at, t)
  return {
    type: 'facts',
    facts: [
      [t('signIn.mail.when'), exact(request.created_at)],
      [t('signIn.mail.browser'), deviceName(t, request.user_agent)],
      ...(request.ip ? [[t('signIn.mail.network'), request.ip] as [string, string]] : []),
    ],
  }
}

/** The mail with the link and the code, one of each for each company. Not sent when none of them works any more. */
export const signInMail: RenderMail = async (db, mail, tenant) => {
  const data = dataSchema.parse(mail.data)
  const { t } = mail
  const [request, links] = await Promise.all([findRequest(db, data.request), findLinks(db, data.links)])
  if (!request || links.length === 0) return undefined
  const page = await pageOf(db, request.host, tenant)
  const until = mail.expiresAt ?? request.created_at
  const time = formatsFor(mail.locale, mail.timeZone, until, t).time(until)
  return {
    subject: t('signIn.mail.subject', { tenant: tenant.name }),
    preheader: t('signIn.mail.preheader', { time }),
    why: t('signIn.mail.why', { tenant: tenant.name, address: mail.recipient }),
    blocks: [
      { type: 'heading', text: t('signIn.mail.heading', { tenant: tenant.name }) },
      { type: 'text', text: t('signIn.mail.text', { links: links.length }) },
      ...links.flatMap((link) => wayIn(t, page, tenant, link, links.length === 1)),
      { type: 'text', text: t('signIn.mail.life', { time }) },
      askedBy(mail, request),
      { type: 'small', text: t('signIn.mail.notYou') },
    ],
  }
}
