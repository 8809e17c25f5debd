import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { STAFF_ROLE_NAMES } from '#src/permissions.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Choices } from '#src/web/ui/choice.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

export type TypedMember = { name: string; email: string; title: string; role: string }
export type MemberProblems = Partial<Record<keyof TypedMember, string>>

/** The four roles, each with what it opens. */
export const RoleChoices: FC<{ value: string; error?: string | undefined }> = ({ value, error }) => {
  const { t } = useStaffView()
  const items = STAFF_ROLE_NAMES.map((role) => ({
    value: role,
    label: t(`staff.role.${role}`),
    hint: t(`team.role.${role}`),
  }))
  return <Choices legend={t('team.role')} name="role" value={value} items={items} error={error} />
}

export const NewMemberPage: FC<{ typed: TypedMember; problems: MemberProblems }> = ({ typed, problems }) => {
  const { t } = useStaffView()
  const errors = Object.entries(problems).map(([field, message]) => ({ field, message }))
  return (
    <StaffPage
      title={t('team.new.title')}
      at="team"
      back={{ href: paths.staff.team(), label: t('team.title') }}
      narrow
    >
      <PageHead title={t('team.new.title')} sub={t('team.new.lede')} />
      <form method="post" action={paths.staff.team()} class="grid gap-5" novalidate>
        <Csrf />
        {errors.length > 1 && (
          <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
        )}
        <TextField
          id="name"
          label={t('team.name')}
          value={typed.name}
          error={problems.name}
          maxlength={200}
          required
        />
        <TextField
          id="email"
          type="email"
          label={t('team.email')}
          value={typed.email}
          error={problems.email}
          maxlength={254}
          required
        />
        <TextField
          id="title"
          label={
            <>
              {t('team.jobTitle')} <span class="font-normal text-faint">({t('form.optional')})</span>
            </>
          }
          value={typed.title}
          error={problems.title}
          maxlength={200}
        />
        <RoleChoices value={typed.role} error={problems.role} />
        <p>
          <Button size="lg">{t('team.new.submit')}</Button>
        </p>
      </form>
    </StaffPage>
  )
}
