import type { FC } from 'hono/jsx'
import { uuidv7 } from 'uuidv7'
import { paths } from '#src/paths.ts'
import {
  CONTACT_FIELDS,
  type ContactField,
  type ContactInput,
  type ContactProblems,
} from '#src/people/forms.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  company: { id: string; name: string }
  /** The contact who is changed; a new one without. */
  person?: { id: string; name: string }
  input: ContactInput
  problems: ContactProblems
  /** Her address opens the portal: changing it needs the right to say who comes in. */
  fixedEmail?: boolean
}

const TYPES = { name: 'text', email: 'email', title: 'text', phone: 'tel', mobile: 'tel' } as const

export const ContactForm: FC<Props> = ({ company, person, input, problems, fixedEmail }) => {
  const { t } = useStaffView()
  const title = person ? t('people.edit') : t('people.new')
  const back = person ? paths.staff.contact(person.id) : paths.staff.company(company.id)
  const said = (field: ContactField) => {
    const problem = problems[field]
    return problem && t(problem.key, problem.values ?? {})
  }
  const errors = CONTACT_FIELDS.flatMap((field) => {
    const problem = said(field)
    return problem
      ? [{ field, message: t('form.problemAt', { field: t(`people.field.${field}`), problem }) }]
      : []
  })
  return (
    <StaffPage title={title} at="companies" narrow back={{ href: back, label: person?.name ?? company.name }}>
      <Crumbs
        label={t('nav.breadcrumb')}
        items={[
          { href: paths.staff.companies(), label: t('staff.companies') },
          { href: paths.staff.company(company.id), label: company.name },
          ...(person ? [{ href: back, label: person.name }] : []),
          { label: title },
        ]}
      />
      <h1 class="mb-5">{title}</h1>
      {errors.length > 0 && (
        <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
      )}
      <form
        method="post"
        action={person ? paths.staff.contact(person.id) : paths.staff.companyContacts(company.id)}
        class="grid gap-5"
        novalidate
      >
        <Csrf />
        {!person && <input type="hidden" name="once" value={uuidv7()} />}
        {CONTACT_FIELDS.map((field) => (
          <TextField
            id={field}
            type={TYPES[field]}
            label={t(`people.field.${field}`)}
            hint={field === 'email' ? t(fixedEmail ? 'people.email.fixed' : 'people.email.hint') : undefined}
            value={input[field]}
            error={said(field)}
            required={field === 'name'}
            readonly={field === 'email' && fixedEmail}
          />
        ))}
        <div class="flex gap-3">
          <Button>{t(person ? 'form.save' : 'people.new.save')}</Button>
          <LinkButton href={back} variant="ghost">
            {t('form.cancel')}
          </LinkButton>
        </div>
      </form>
    </StaffPage>
  )
}
