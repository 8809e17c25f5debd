import type { FC } from 'hono/jsx'
import { uuidv7 } from 'uuidv7'
import type { NameProblem } from '#src/companies/write.ts'
import { paths } from '#src/paths.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = { company?: { id: string; name: string }; typed: string; problem?: NameProblem | undefined }

/** For a new company, and for another name of one. */
export const CompanyForm: FC<Props> = ({ company, typed, problem }) => {
  const { t } = useStaffView()
  const title = company ? t('companies.edit.title') : t('companies.new')
  const back = company ? paths.staff.company(company.id) : paths.staff.companies()
  const error = problem && t(problem.key, problem.values ?? {})
  return (
    <StaffPage
      title={title}
      at="companies"
      narrow
      back={{ href: back, label: company?.name ?? t('staff.companies') }}
    >
      <Crumbs
        label={t('nav.breadcrumb')}
        items={[
          { href: paths.staff.companies(), label: t('staff.companies') },
          ...(company ? [{ href: back, label: company.name }] : []),
          { label: title },
        ]}
      />
      <h1 class="mb-5">{title}</h1>
      {error && (
        <ErrorSummary
          title={t('form.problems', { count: 1 })}
          errors={[
            { field: 'name', message: t('form.problemAt', { field: t('companies.name'), problem: error }) },
          ]}
        />
      )}
      <form
        method="post"
        action={company ? paths.staff.company(company.id) : paths.staff.companies()}
        class="grid gap-5"
      >
        <Csrf />
        {!company && <input type="hidden" name="once" value={uuidv7()} />}
        <TextField
          id="name"
          label={t('companies.name')}
          value={typed}
          error={error}
          required
          maxlength={200}
        />
        <div class="flex gap-3">
          <Button>{company ? t('form.save') : t('companies.new.save')}</Button>
          <LinkButton href={back} variant="ghost">
            {t('form.cancel')}
          </LinkButton>
        </div>
      </form>
    </StaffPage>
  )
}
