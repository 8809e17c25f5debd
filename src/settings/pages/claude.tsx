import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Problem } from '#src/settings/check.ts'
import type { KeyTried } from '#src/settings/claude-api.ts'
import { SettingsPage } from '#src/settings/pages/frame.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  kept: { hint: string; set_at: Date } | undefined
  problem: Problem | undefined
  tried: KeyTried | 'sealed' | undefined
}

const Outcome: FC<{ tried: KeyTried | 'sealed' }> = ({ tried }) => {
  const { t } = useStaffView()
  const outcome = tried === 'sealed' ? 'sealed' : tried.outcome
  const answer = tried === 'sealed' ? '' : tried.answer
  const good = outcome === 'works'
  return (
    <Notice
      icon={good ? 'circle-check' : 'circle-alert'}
      tone={good ? 'success' : 'danger'}
      title={t(`settings.claude.test.${outcome}`)}
    >
      {answer && t(good ? 'settings.claude.test.models' : 'settings.claude.test.answer', { answer })}
    </Notice>
  )
}

export const ClaudePage: FC<Props> = ({ kept, problem, tried }) => {
  const { t, format } = useStaffView()
  const hint = kept
    ? t('settings.claude.kept', { ends: kept.hint, when: format.moment(kept.set_at, true) })
    : t('settings.claude.none')
  const act = (what: 'tests' | 'removal') => (
    <form method="post" action={paths.staff.settingsDo('claude', what)}>
      <Csrf />
      <Button variant={what === 'tests' ? 'outline' : 'ghost'} icon={what === 'tests' ? 'check' : 'trash-2'}>
        {t(`settings.claude.${what}`)}
      </Button>
    </form>
  )
  return (
    <SettingsPage tab="claude" problems={{ claudeKey: problem }}>
      {tried && <Outcome tried={tried} />}
      <Card>
        <section>
          <p class="mb-5 text-muted-foreground">{t('settings.claude.text')}</p>
          <form method="post" action={paths.staff.settingsOf('claude')} class="grid gap-5" novalidate>
            <Csrf />
            <TextField
              id="claudeKey"
              label={t('settings.field.claudeKey')}
              hint={hint}
              {...(problem && { error: t(problem.key, problem.values) })}
              type="password"
              autocomplete="off"
              placeholder="sk-ant-…"
              required
            />
            <div>
              <Button>{t(kept ? 'settings.claude.replace' : 'form.save')}</Button>
            </div>
          </form>
          {kept && (
            <div class="mt-5 flex flex-wrap gap-3">
              {act('tests')}
              {act('removal')}
            </div>
          )}
        </section>
      </Card>
    </SettingsPage>
  )
}
