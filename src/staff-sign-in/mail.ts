import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import type { MailTenant, RenderMail } from '#src/mail/kinds.ts'
import { mailSettings } from '#src/mail/settings.ts'
import { paths } from '#src/paths.ts'
import { type StepKind, stepToken } from '#src/staff-sign-in/steps.ts'
import { formatsFor } from '#src/web/formats.ts'

const data = z.object({ step: z.uuid(), by: z.uuid().optional() })

const openStep = (db: Db, kind: StepKind, id: string) =>
  db
    .selectFrom('staff_step as s')
    .innerJoin('staff_member as m', (on) =>
      on.onRef('m.tenant_id', '=', 's.tenant_id').onRef('m.id', '=', 's.staff_id'),
    )
    .select(['m.name', 's.expires_at'])
    .where('s.id', '=', id)
    .where('s.kind', '=', kind)
    .where('s.used_at', 'is', null)
    .where('s.expires_at', '>', sql<Date>`now()`)
    .where('m.disabled_at', 'is', null)
    .executeTakeFirst()

/** The staff app is at the installation's own address, whichever hosts the tenant has. */
const link = (tenant: MailTenant, page: 'newPassword' | 'invitation', step: string) =>
  mailSettings().PUBLIC_URL.origin + paths.staff[page]({ tenant: tenant.slug }, stepToken(tenant.id, step))

/** A link to choose a new password. */
export const staffResetMail: RenderMail = async (db, mail, tenant) => {
  const { step: id } = data.parse(mail.data)
  const step = await openStep(db, 'reset', id)
  if (!step) return undefined
  const { t } = mail
  const time = formatsFor(mail.locale, mail.timeZone, mail.createdAt, t).time(step.expires_at)
  return {
    subject: t('staffSignIn.mail.reset.subject', { tenant: tenant.name }),
    preheader: t('staffSignIn.mail.reset.preheader'),
    why: t('staffSignIn.mail.why', { tenant: tenant.name, address: mail.recipient }),
    blocks: [
      { type: 'heading', text: t('staffSignIn.mail.reset.heading') },
      { type: 'text', text: t('staffSignIn.mail.reset.text', { tenant: tenant.name, time }) },
      { type: 'button', label: t('staffSignIn.mail.reset.button'), href: link(tenant, 'newPassword', id) },
      { type: 'small', text: t('staffSignIn.mail.reset.notYou') },
    ],
  }
}

/** An invitation to the team. */
export const staffInvitationMail: RenderMail = async (db, mail, tenant) => {
  const { step: id, by } = data.parse(mail.data)
  const step = await openStep(db, 'invitation', id)
  if (!step) return undefined
  const inviter =
    by && (await db.selectFrom('staff_member').select('name').where('id', '=', by).executeTakeFirst())
  const { t } = mail
  const until = formatsFor(mail.locale, mail.timeZone, mail.createdAt, t).exact(step.expires_at)
  return {
    subject: t('team.mail.subject', { tenant: tenant.name }),
    preheader: t('team.mail.preheader'),
    why: t('staffSignIn.mail.why', { tenant: tenant.name, address: mail.recipient }),
    blocks: [
      { type: 'heading', text: t('team.mail.heading', { name: step.name }) },
      {
        type: 'text',
        text: t('team.mail.text', { tenant: tenant.name, by: inviter ? inviter.name : tenant.name }),
      },
      { type: 'button', label: t('team.mail.button'), href: link(tenant, 'invitation', id) },
      { type: 'text', text: t('team.mail.until', { until }) },
      { type: 'small', text: t('team.mail.notYou') },
    ],
  }
}
