import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Factors, TeamMember } from '#src/team/members.ts'
import { StateBadge } from '#src/team/pages/list.tsx'
import { RoleChoices } from '#src/team/pages/new.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card, DL } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

export type MemberProps = { member: TeamMember; factors: Factors; problem?: string | undefined }

const Facts: FC<MemberProps> = ({ member, factors }) => {
  const { t, format } = useStaffView()
  const ways = [
    ...(factors.totp ? [t('team.member.factors.totp')] : []),
    ...(factors.passkeys ? [t('team.member.factors.passkeys', { count: factors.passkeys })] : []),
  ]
  return (
    <Card title={t('team.member.access')} id="access">
      <section>
        <DL
          items={[
            [t('team.state'), <StateBadge member={member} />],
            [t('team.email'), member.email ?? '–'],
            [
              t('team.lastSignIn'),
              member.lastSignInAt ? format.moment(member.lastSignInAt, true) : t('team.never'),
            ],
            [t('team.member.factors'), ways.join(', ') || t('team.member.factors.none')],
            [t('team.member.sessions'), String(factors.sessions)],
          ]}
        />
      </section>
    </Card>
  )
}

const RoleForm: FC<{ member: TeamMember }> = ({ member }) => {
  const { t } = useStaffView()
  return (
    <form method="post" action={paths.staff.memberRole(member.id)} class="mt-8 grid gap-4">
      <Csrf />
      <RoleChoices value={member.role} />
      <p>
        <Button variant="outline">{t('team.member.changeRole')}</Button>
      </p>
    </form>
  )
}

type ActionProps = { action: string; label: string; text: string; danger?: boolean }

const Action: FC<ActionProps> = ({ action, label, text, danger }) => (
  <form method="post" action={action} class="grid gap-2">
    <Csrf />
    <p class="text-sm text-muted-foreground">{text}</p>
    <p>
      <Button variant={danger ? 'danger' : 'outline'}>{label}</Button>
    </p>
  </form>
)

const Actions: FC<{ member: TeamMember }> = ({ member }) => {
  const { t } = useStaffView()
  const invite =
    member.state === 'active'
      ? (['team.member.inviteAgain', 'team.member.inviteAgain.text'] as const)
      : member.state === 'invited'
        ? (['team.member.resend', 'team.member.invite.text'] as const)
        : (['team.member.invite', 'team.member.invite.text'] as const)
  return (
    <div class="mt-8 grid gap-6">
      {member.state === 'disabled' ? (
        <Action
          action={paths.staff.memberEnabling(member.id)}
          label={t('team.member.enable')}
          text={t('team.member.enabled.done')}
        />
      ) : (
        <>
          <Action
            action={paths.staff.memberInvitation(member.id)}
            label={t(invite[0])}
            text={member.email ? t(invite[1]) : t('team.member.noAddress')}
          />
          <Action
            action={paths.staff.memberDisabling(member.id)}
            label={t('team.member.disable')}
            text={t('team.member.disable.text')}
            danger
          />
        </>
      )}
    </div>
  )
}

export const MemberPage: FC<MemberProps> = (props) => {
  const { t } = useStaffView()
  const { member, problem } = props
  return (
    <StaffPage
      title={member.name}
      at="team"
      back={{ href: paths.staff.team(), label: t('team.title') }}
      narrow
    >
      <PageHead
        title={member.name}
        sub={member.title ?? undefined}
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [{ label: t('team.title'), href: paths.staff.team() }, { label: member.name }],
        }}
      />
      {problem && <Notice class="mb-5" icon="circle-alert" tone="danger" title={problem} />}
      <Facts {...props} />
      <RoleForm member={member} />
      <Actions member={member} />
    </StaffPage>
  )
}
