import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import type { Mailer } from '#src/mail/mailer.ts'
import { mailSettings } from '#src/mail/settings.ts'
import { type Tried, tryMail } from '#src/mail/try.ts'
import { paths } from '#src/paths.ts'
import { anyProblem, type Problems, typedIn } from '#src/settings/check.ts'
import { asMailer, MAIL_FIELDS, type MailTyped, mailProblems, mailTyped } from '#src/settings/mail-form.ts'
import { MailPage } from '#src/settings/pages/mail.tsx'
import { forgetSecret, keepSecretOf, secretsThere } from '#src/settings/secrets.ts'
import { changeSettings, dropSetting, tenantNow } from '#src/settings/tenant.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

type Shown = { typed?: MailTyped; problems?: Problems; tried?: Tried }

const show = async (c: StaffContext, { typed, problems, tried }: Shown = {}) => {
  const { db } = c.var
  const [{ settings }, secrets] = await Promise.all([tenantNow(db), secretsThere(db)])
  return render(
    c,
    <MailPage
      typed={typed ?? mailTyped(settings.mailer)}
      problems={problems}
      mailer={settings.mailer}
      secrets={secrets}
      tried={tried}
      fallback={mailSettings().SMTP_URL !== undefined}
    />,
    problems ? 422 : 200,
  )
}

/** Keeps what was typed, or what there was when nothing was and it goes to the same place; the other way's secret goes. */
const keepSecrets = async (db: Db, typed: MailTyped) => {
  if (typed.by === 'graph') {
    await forgetSecret(db, 'smtp-password')
    if (typed.graphSecret) await keepSecretOf(db, 'graph-secret', typed.graphSecret)
    return
  }
  await forgetSecret(db, 'graph-secret')
  if (!typed.smtpUser) await forgetSecret(db, 'smtp-password')
  else if (typed.smtpPassword) await keepSecretOf(db, 'smtp-password', typed.smtpPassword)
}

const told = (mailer: Mailer | undefined) => ({ ...mailer })

export const mailServerSettings = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

mailServerSettings.get('/', needs, (c) => show(c))

mailServerSettings.post('/', needs, fresh, async (c) => {
  const { db, staff, form, address } = c.var
  const typed = { ...typedIn(form, MAIL_FIELDS), smtpPassword: form.get('smtpPassword') }
  const { settings } = await tenantNow(db)
  const there = await secretsThere(db)
  const has = there.has(typed.by === 'graph' ? 'graph-secret' : 'smtp-password')
  const problems = mailProblems(typed, settings.mailer, has)
  if (anyProblem(problems)) return show(c, { typed, problems })
  const mailer = asMailer(typed)
  await changeSettings(db, { mailer })
  await keepSecrets(db, typed)
  const secret = typed.by === 'graph' ? typed.graphSecret : typed.smtpPassword
  await recordAudit(db, staff, {
    action: 'settings.mailer',
    data: { before: told(settings.mailer), after: told(mailer), 'secret changed': secret !== '' },
    ip: address,
  })
  flash(c, 'settings.mail.saved.done')
  return c.redirect(paths.staff.settingsOf('mail'), 303)
})

mailServerSettings.post('/removal', needs, fresh, async (c) => {
  const { db, staff, address } = c.var
  const { settings } = await tenantNow(db)
  await dropSetting(db, 'mailer')
  await forgetSecret(db, 'smtp-password')
  await forgetSecret(db, 'graph-secret')
  const data = { before: told(settings.mailer), after: {} }
  await recordAudit(db, staff, { action: 'settings.mailer-removed', data, ip: address })
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.settingsOf('mail'), 303)
})

mailServerSettings.post('/tests', needs, fresh, async (c) => {
  const { db, staff, view, address } = c.var
  if (!view.tenant) throw new Error('staff have a tenant')
  const tried = await tryMail(view.tenant, staff.email)
  const data = { to: staff.email, outcome: tried.outcome, answer: tried.answer }
  await recordAudit(db, staff, { action: 'settings.mailer-tested', data, ip: address })
  return show(c, { tried })
})
