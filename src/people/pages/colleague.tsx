import type { Child, FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { type Colleague, canBeInvited } from '#src/people/colleagues.ts'
import { EndAccess, Invite, type Named, RoleForm } from '#src/people/pages/colleague-forms.tsx'
import { StateBadge } from '#src/people/pages/colleagues.tsx'
import { can } from '#src/viewer.ts'
import { Page } from '#src/web/layout.tsx'
import { Card, DL } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { usePortalView } from '#src/web/view.ts'

type Props = {
  person: Colleague
  /** The roles that the viewer may give her; none when she may not change her access at all. */
  roles: Named[] | undefined
  refused?: 'badRole' | 'lastAdmin' | undefined
}

/** One colleague: what she has, and what the viewer may change about it. */
export const ColleaguePage: FC<Props> = ({ person, roles, refused }) => {
  const { t, tenant, viewer, format } = usePortalView()
  const when = (at: Date | null) => (at ? format.moment(at) : t('access.never'))
  const items: [string, Child][] = [
    [t('access.person.email'), person.email ?? '–'],
    [t('access.person.jobTitle'), person.title ?? '–'],
    [t('access.column.role'), person.role ?? t('access.noRole')],
    [t('access.person.invited'), when(person.invited_at)],
    [t('access.person.first'), when(person.first_sign_in_at)],
    [t('access.column.last'), when(person.last_sign_in_at)],
  ]
  const wrongRole = refused === 'badRole' ? t('access.invite.badRole') : undefined
  const open = roles && person.state !== 'disabled' && person.held
  return (
    <Page title={person.name} at="people" narrow back={{ href: paths.people(), label: t('access.people') }}>
      <PageHead
        title={<span dir="auto">{person.name}</span>}
        sub={<StateBadge state={person.state} />}
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [{ href: paths.people(), label: t('access.people') }, { label: person.name }],
        }}
      />
      {refused === 'lastAdmin' && (
        <Notice
          class="mb-4"
          tone="danger"
          icon="circle-alert"
          title={t('access.person.lastAdmin', { company: viewer.companyName })}
        />
      )}
      <div class="grid gap-5">
        <Card title={t('access.person.details')} id="details">
          <section>
            <DL items={items} />
          </section>
        </Card>
        {open && roles.length > 0 && <RoleForm person={person} roles={roles} error={wrongRole} />}
        {roles && canBeInvited(person) && (person.held || roles.length > 0) && (
          <Invite person={person} roles={roles} error={wrongRole} />
        )}
        {open && <EndAccess person={person} />}
        {!roles && can(viewer, 'people:manage') && (
          <Notice icon="lock" title={t('access.person.above', { tenant: tenant.name })}>
            {t('access.person.aboveText')}
          </Notice>
        )}
      </div>
    </Page>
  )
}
