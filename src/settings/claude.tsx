import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import { CannotUnseal } from '#src/seal.ts'
import type { Problem } from '#src/settings/check.ts'
import { type KeyTried, tryKey } from '#src/settings/claude-api.ts'
import { ClaudePage } from '#src/settings/pages/claude.tsx'
import { forgetSecret, keepSecretOf, secretOf, secretsThere } from '#src/settings/secrets.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

const show = async (c: StaffContext, problem?: Problem, tried?: KeyTried | 'sealed') => {
  const kept = (await secretsThere(c.var.db)).get('claude-key')
  return render(c, <ClaudePage kept={kept} problem={problem} tried={tried} />, problem ? 422 : 200)
}

export const claudeSettings = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

claudeSettings.get('/', needs, (c) => show(c))

claudeSettings.post('/', needs, fresh, async (c) => {
  const { db, staff, form, address } = c.var
  const key = form.get('claudeKey').trim()
  if (key === '') return show(c, { key: 'form.required' })
  if (!/^sk-ant-[\w-]{8,300}$/.test(key)) return show(c, { key: 'settings.problem.claudeKey' })
  await keepSecretOf(db, 'claude-key', key, key.slice(-4))
  await recordAudit(db, staff, { action: 'settings.claude-key', data: { ends: key.slice(-4) }, ip: address })
  flash(c, 'settings.claude.saved.done')
  return c.redirect(paths.staff.settingsOf('claude'), 303)
})

claudeSettings.post('/removal', needs, fresh, async (c) => {
  const { db, staff, address } = c.var
  await forgetSecret(db, 'claude-key')
  await recordAudit(db, staff, { action: 'settings.claude-key-removed', ip: address })
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.settingsOf('claude'), 303)
})

const tried = async (tenantId: string, base: string): Promise<KeyTried | 'sealed' | undefined> => {
  try {
    const key = await secretOf(tenantId, 'claude-key')
    return key === undefined ? undefined : await tryKey(base, key)
  } catch (error) {
    if (error instanceof CannotUnseal) return 'sealed'
    throw error
  }
}

claudeSettings.post('/tests', needs, fresh, async (c) => {
  const outcome = await tried(c.var.staff.tenantId, c.var.site.claudeUrl)
  return outcome ? show(c, undefined, outcome) : notFound(c)
})
