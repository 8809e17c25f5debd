import type { FC } from 'hono/jsx'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { Diff } from '#src/profile/pages/diff.tsx'
import type { Change } from '#src/profile/profile.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { CodeField } from '#src/web/ui/code-field.tsx'
import { usePortalView } from '#src/web/view.ts'

const Prove: FC<{ change: Change; problem?: MessageKey | undefined }> = ({ change, problem }) => {
  const { t } = usePortalView()
  if (change.late) return <p class="mt-3.5 text-sm text-muted-foreground">{t('profile.proof.late')}</p>
  return (
    <form method="post" action={paths.profileProof()} class="mt-3.5 grid gap-3">
      <Csrf />
      <CodeField
        id="code"
        label={t('profile.proof.label')}
        hint={t('profile.proof.hint', { address: change.email })}
        error={problem && t(problem)}
      />
      <p>
        <Button size="sm">{t('profile.proof.submit')}</Button>
      </p>
    </form>
  )
}

const Withdraw: FC = () => {
  const { t } = usePortalView()
  return (
    <form method="post" action={paths.profileWithdrawal()} class="mt-3">
      <Csrf />
      <Button variant="outline" size="sm">
        {t('profile.withdraw')}
      </Button>
    </form>
  )
}

/** Her request and how far it is: the address has to answer, staff have to decide, or they have decided. */
export const Request: FC<{ change: Change; problem?: MessageKey | undefined }> = ({ change, problem }) => {
  const { t, tenant, format } = usePortalView()
  const { state } = change
  if (state === 'approved' || state === 'withdrawn') return null
  const tone = state === 'refused' ? 'danger' : 'attention'
  const key = `profile.request.${state}` as const
  return (
    <section aria-label={t('profile.request')}>
      <div class="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{t(key, { tenant: tenant.name })}</Badge>
        <span class="text-sm text-muted-foreground">
          {t('profile.request.asked', { when: format.moment(change.created_at, true) })}
        </span>
      </div>
      <Diff change={change} />
      {change.refusal && (
        <p class="mt-3.5 text-sm" dir="auto">
          {t('profile.request.why', { reason: change.refusal })}
        </p>
      )}
      {state === 'proving' && <Prove change={change} problem={problem} />}
      {state === 'waiting' && (
        <p class="mt-3.5 text-sm text-muted-foreground">{t('profile.request.until')}</p>
      )}
      {state !== 'refused' && <Withdraw />}
    </section>
  )
}
