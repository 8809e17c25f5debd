import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import type { Block } from '#src/mail/blocks.ts'
import type { MailRow, RenderMail } from '#src/mail/kinds.ts'
import { mailSettings } from '#src/mail/settings.ts'
import { paths } from '#src/paths.ts'
import { proofCode } from '#src/profile/code.ts'

const data = z.object({ change: z.uuid() })

const find = (db: Db, mail: MailRow) =>
  db
    .selectFrom('profile_change')
    .innerJoin('company', 'company.id', 'profile_change.company_id')
    .selectAll('profile_change')
    .select('company.name as company')
    .where('profile_change.id', '=', data.parse(mail.data).change)
    .executeTakeFirst()

type Change = NonNullable<Awaited<ReturnType<typeof find>>>

/** What was and what is wanted, as lines. */
const wanted = (t: MailRow['t'], change: Change): Block => {
  const line = (term: string, before: string, after: string): [string, string][] =>
    before === after ? [] : [[term, `${before} → ${after}`]]
  return {
    type: 'facts',
    facts: [
      ...line(t('profile.name'), change.name_before, change.name),
      ...line(t('profile.email'), change.email_before, change.email),
    ],
  }
}

/** To the new address: it answers with the code, or nothing happens. */
export const profileCodeMail: RenderMail = async (db, mail, tenant) => {
  const change = await find(db, mail)
  if (change?.state !== 'proving') return undefined
  const { t } = mail
  const subject = t('profile.mail.code.subject', { tenant: tenant.name })
  const values = { name: change.name_before, address: change.email, tenant: tenant.name }
  return {
    subject,
    preheader: subject,
    blocks: [
      { type: 'heading', text: subject },
      { type: 'text', text: t('profile.mail.code.text', values) },
      { type: 'code', label: t('profile.mail.code.label'), code: proofCode(change.id) },
      { type: 'small', text: t('profile.mail.code.notYou') },
    ],
  }
}

/** To the address that signs her in: somebody asked, and it may not have been she. */
export const profileAskedMail: RenderMail = async (db, mail, tenant) => {
  const change = await find(db, mail)
  if (!change || change.state === 'proving' || change.state === 'withdrawn') return undefined
  const { t } = mail
  return {
    subject: t('profile.mail.asked.subject'),
    preheader: t('profile.mail.asked.text', { tenant: tenant.name }),
    blocks: [
      { type: 'heading', text: t('profile.mail.asked.subject') },
      { type: 'text', text: t('profile.mail.asked.text', { tenant: tenant.name }) },
      wanted(t, change),
      { type: 'button', label: t('profile.mail.open'), href: tenant.origin + paths.profile() },
      { type: 'small', text: t('profile.mail.asked.notYou', { tenant: tenant.name }) },
    ],
  }
}

/** To those who decide. */
export const profileWaitingMail: RenderMail = async (db, mail) => {
  const change = await find(db, mail)
  if (change?.state !== 'waiting') return undefined
  const { t } = mail
  const values = { name: change.name_before, company: change.company }
  const subject = t('profile.mail.waiting.subject', values)
  const href = mailSettings().PUBLIC_URL.origin + paths.staff.approvals()
  return {
    subject,
    preheader: subject,
    why: t('profile.mail.waiting.why'),
    blocks: [
      { type: 'heading', text: subject },
      { type: 'text', text: t('profile.mail.waiting.text', values) },
      wanted(t, change),
      { type: 'button', label: t('profile.mail.waiting.open'), href },
    ],
  }
}

/** To the old and to the new address: how it was decided. */
export const profileDecidedMail: RenderMail = async (db, mail, tenant) => {
  const change = await find(db, mail)
  if (change?.state !== 'approved' && change?.state !== 'refused') return undefined
  const { t } = mail
  const { state, refusal, email } = change
  const subject = t(`profile.mail.${state}.subject`)
  const text = t(`profile.mail.${state}.text`, { tenant: tenant.name })
  const moved = state === 'approved' && email !== change.email_before
  return {
    subject,
    preheader: text,
    blocks: [
      { type: 'heading', text: subject },
      { type: 'text', text },
      wanted(t, change),
      ...(moved
        ? [{ type: 'text' as const, text: t('profile.mail.approved.signIn', { address: email }) }]
        : []),
      ...(refusal
        ? [{ type: 'text' as const, text: t('profile.mail.refused.why', { reason: refusal }) }]
        : []),
      { type: 'small', text: t('profile.mail.asked.notYou', { tenant: tenant.name }) },
    ],
  }
}
