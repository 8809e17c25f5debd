import type { FC } from 'hono/jsx'
import { uuidv7 } from 'uuidv7'
import { paths } from '#src/paths.ts'
import { type ColleagueInput, type ColleagueProblems, FIELDS } from '#src/people/colleague-form.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Page } from '#src/web/layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { ErrorSummary, Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { usePortalView } from '#src/web/view.ts'

type Props = { roles: { id: string; name: string }[]; input?: ColleagueInput; problems: ColleagueProblems }

const blank: ColleagueInput = { name: '', email: '', title: '', role: '' }

const Form: FC<Props> = ({ roles, input = blank, problems }) => {
  const { t, tenant } = usePortalView()
  const said = (field: (typeof FIELDS)[number]) => {
    const problem = problems[field]
    return problem && t(problem.key, problem.values ?? {})
  }
  const errors = FIELDS.flatMap((field) => {
    const problem = said(field)
    return problem
      ? [{ field, message: t('form.problemAt', { field: t(`access.invite.${field}`), problem }) }]
      : []
  })
  return (
    <>
      {errors.length > 0 && (
        <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
      )}
      <form method="post" action={paths.people()} class="grid max-w-136 gap-4">
        <Csrf />
        <input type="hidden" name="once" value={uuidv7()} />
        <TextField
          id="name"
          label={t('access.invite.name')}
          value={input.name}
          error={said('name')}
          maxlength={200}
          required
        />
        <TextField
          id="email"
          type="email"
          label={t('access.invite.email')}
          value={input.email}
          error={said('email')}
          maxlength={254}
          required
        />
        <TextField
          id="jobTitle"
          label={t('access.invite.jobTitle')}
          value={input.title}
          error={said('jobTitle')}
          maxlength={200}
        />
        <SelectField
          id="role"
          label={t('access.invite.role')}
          hint={t('access.invite.roleHint', { tenant: tenant.name })}
          error={said('role')}
          value={input.role}
          options={roles.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <p class="flex flex-wrap gap-2">
          <Button icon="send">{t('access.invite.send')}</Button>
          <LinkButton href={paths.people()} variant="ghost">
            {t('form.cancel')}
          </LinkButton>
        </p>
      </form>
    </>
  )
}

/** Lets a colleague in. */
export const InvitePage: FC<Props> = (props) => {
  const { t, tenant } = usePortalView()
  const title = t('access.invite')
  return (
    <Page title={title} at="people" narrow back={{ href: paths.people(), label: t('access.people') }}>
      <PageHead title={title} sub={t('access.invite.lede', { tenant: tenant.name })} />
      {props.roles.length === 0 ? (
        <Notice icon="info" title={t('access.invite.noRoles')}>
          {t('access.invite.noRolesText', { tenant: tenant.name })}
        </Notice>
      ) : (
        <Form {...props} />
      )}
    </Page>
  )
}
