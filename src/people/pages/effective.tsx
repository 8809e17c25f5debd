import type { FC } from 'hono/jsx'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { type Explanation, shutOut, viewerOf } from '#src/people/explain.ts'
import { Why } from '#src/people/pages/why.tsx'
import type { Person } from '#src/people/queries.ts'
import { type Permission, permissionsOf } from '#src/permissions.ts'
import { GROUPS, type Group, LATER, permissionsIn } from '#src/roles/groups.ts'
import type { Tenant } from '#src/tenants/tenant.ts'
import { type Contact, can } from '#src/viewer.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  person: Person
  tenant: Tenant
  asked: string
  answer: Explanation | undefined
  problem: MessageKey | undefined
}

/** By which role she may do it, or why she may not. */
const source = (person: Person, viewer: Contact, permission: Permission, group: Group) => {
  if (shutOut(person)) return 'shut'
  if (can(viewer, permission)) return LATER.has(group) ? 'later' : 'role'
  const held = permissionsOf({ preset: person.preset, permissions: person.permissions ?? [] })
  return held.has(permission) ? 'off' : 'none'
}

const GroupCard: FC<{ group: Group; person: Person; viewer: Contact }> = ({ group, person, viewer }) => {
  const { t } = useStaffView()
  return (
    <Card title={t(`roles.group.${group}`)} id={`group-${group}`}>
      <ul class="rows">
        {permissionsIn(group).map((permission) => {
          const by = source(person, viewer, permission, group)
          const holds = by === 'role' || by === 'later'
          return (
            <li class="row">
              <Icon name={holds ? 'check' : 'x'} />
              <span class="min-w-0 flex-1">
                <span class={holds ? 'block font-medium' : 'block text-muted-foreground'}>
                  {t(`roles.permission.${permission}`)}
                </span>
                <span class="row-meta block">{t(`roles.opens.${permission}`)}</span>
              </span>
              <span class="row-meta shrink-0">{t(`people.by.${by}`, { role: person.role ?? '' })}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

/** Effective access: every permission with the role it comes from; and the explainer for one ticket. */
export const EffectivePage: FC<Props> = ({ person, tenant, asked, answer, problem }) => {
  const { t } = useStaffView()
  const viewer = viewerOf(person, tenant)
  const shut = shutOut(person)
  const company = { href: paths.staff.company(person.company_id), label: person.company }
  const back = { href: paths.staff.contact(person.id), label: person.name }
  return (
    <StaffPage title={t('people.effective')} at="companies" narrow back={back}>
      <Crumbs label={t('nav.breadcrumb')} items={[company, back, { label: t('people.effective') }]} />
      <h1 class="mb-5">{t('people.effective.title', { name: person.name })}</h1>
      <section class="mb-8">
        <form
          method="get"
          action={paths.staff.contactAccess(person.id)}
          class="flex flex-wrap items-end gap-3"
        >
          <TextField
            id="record"
            class="max-w-96"
            label={t('people.why.ask', { name: person.name })}
            hint={t('people.why.hint')}
            error={problem && t(problem)}
            value={asked}
            maxlength={500}
          />
          <Button variant="outline">{t('people.why.do')}</Button>
        </form>
        {answer && <Why answer={answer} name={person.name} company={person.company} />}
      </section>
      <div class="grid gap-5">
        {shut ? (
          <Notice tone="attention" icon="ban" title={t(`people.shut.${shut}`, { name: person.name })} />
        ) : (
          <p>{t('people.effective.role', { name: person.name, role: person.role ?? '' })}</p>
        )}
        {GROUPS.map((group) => (
          <GroupCard group={group} person={person} viewer={viewer} />
        ))}
      </div>
    </StaffPage>
  )
}
