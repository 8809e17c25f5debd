import type { FC } from 'hono/jsx'
import type { Person } from '#src/people/queries.ts'
import type { AccessState } from '#src/people/state.ts'
import { Badge, type Tone } from '#src/web/ui/badge.tsx'
import type { IconName } from '#src/web/ui/icon.tsx'
import { useStaffView, type View } from '#src/web/view.ts'

const LOOKS: Record<AccessState, { tone: Tone; icon?: IconName }> = {
  none: { tone: 'neutral' },
  open: { tone: 'neutral', icon: 'check' },
  invited: { tone: 'info', icon: 'clock' },
  accepted: { tone: 'info', icon: 'mail' },
  active: { tone: 'success' },
  disabled: { tone: 'neutral', icon: 'ban' },
}

export const AccessBadge: FC<{ state: AccessState }> = ({ state }) => {
  const { t } = useStaffView()
  return <Badge {...LOOKS[state]}>{t(`people.state.${state}`)}</Badge>
}

/** The date that says most about how far somebody has come, in words. */
export const accessSince = ({ t, format }: Pick<View, 't' | 'format'>, person: Person): string => {
  const on = (at: Date) => format.short(at)
  const { state, last_sign_in_at, disabled_at, mail_done_at, invited_at, mail_state } = person
  if (state === 'disabled' && disabled_at) return t('people.since.disabled', { at: on(disabled_at) })
  if (state === 'active' && last_sign_in_at) return t('people.since.active', { at: on(last_sign_in_at) })
  if (state === 'accepted' && mail_done_at) return t('people.since.accepted', { at: on(mail_done_at) })
  if (state === 'invited' && (mail_state === 'failed' || mail_state === 'dropped'))
    return t('people.since.failed')
  if (state === 'invited' && invited_at) return t('people.since.invited', { at: on(invited_at) })
  return ''
}
