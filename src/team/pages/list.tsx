import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { TeamMember } from '#src/team/members.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge, type Tone } from '#src/web/ui/badge.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { Avatar } from '#src/web/ui/people.tsx'
import { Cell, Row, Table } from '#src/web/ui/table.tsx'
import { useStaffView } from '#src/web/view.ts'

const TONES: Record<TeamMember['state'], Tone> = {
  active: 'success',
  invited: 'info',
  disabled: 'danger',
  none: 'neutral',
}

export const StateBadge: FC<{ member: TeamMember }> = ({ member }) => {
  const { t, format } = useStaffView()
  const when = member.invitedAt ? format.moment(member.invitedAt, true) : ''
  return <Badge tone={TONES[member.state]}>{t(`team.state.${member.state}`, { when })}</Badge>
}

const Line: FC<{ member: TeamMember }> = ({ member }) => {
  const { t, format, staff } = useStaffView()
  return (
    <Row>
      <Cell phone="full">
        <div class="flex items-center gap-3">
          <Avatar name={member.name} desk />
          <div class="min-w-0">
            <a class="row-title cover" href={paths.staff.member(member.id)}>
              {member.name}
            </a>
            {member.id === staff.staffId && <span class="row-meta"> ({t('team.you')})</span>}
            <span class="row-meta clip block">{member.email ?? member.title ?? ''}</span>
          </div>
        </div>
      </Cell>
      <Cell>{t(`staff.role.${member.role}`)}</Cell>
      <Cell phone="end">
        <StateBadge member={member} />
      </Cell>
      <Cell phone="hide">{member.lastSignInAt ? format.moment(member.lastSignInAt) : t('team.never')}</Cell>
    </Row>
  )
}

export const TeamPage: FC<{ members: TeamMember[]; search: string }> = ({ members, search }) => {
  const { t } = useStaffView()
  return (
    <StaffPage title={t('team.title')} at="team">
      <PageHead title={t('team.title')} sub={t('team.lede')}>
        <LinkButton href={paths.staff.newMember()} icon="user-plus">
          {t('team.invite')}
        </LinkButton>
      </PageHead>
      <form
        method="get"
        action={paths.staff.team()}
        class="mb-4 flex flex-wrap items-end gap-2"
        role="search"
      >
        <TextField
          class="min-w-56 flex-1"
          id="team-search"
          name="q"
          type="search"
          label={t('team.search')}
          value={search}
          maxlength={100}
        />
        <Button variant="outline">{t('form.apply')}</Button>
      </form>
      {members.length === 0 ? (
        <EmptyState icon="users" title={t('team.empty')} text={t('team.empty.text')} />
      ) : (
        <div class="card">
          <Table
            caption={t('team.list')}
            columns={[
              { label: t('team.name') },
              { label: t('team.role') },
              { label: t('team.state') },
              { label: t('team.lastSignIn') },
            ]}
          >
            {members.map((member) => (
              <Line member={member} />
            ))}
          </Table>
        </div>
      )}
    </StaffPage>
  )
}
