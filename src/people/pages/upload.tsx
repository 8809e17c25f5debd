import type { FC, PropsWithChildren } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { MOST_ROWS, type RowProblem, type UploadRow } from '#src/people/upload.ts'
import type { Step } from '#src/people/upload-plan.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { Cell, Row, Table } from '#src/web/ui/table.tsx'
import { useStaffView } from '#src/web/view.ts'

const SHOWN = 100

const Around: FC<PropsWithChildren<{ title: string; narrow?: boolean }>> = ({ title, narrow, children }) => {
  const { t } = useStaffView()
  const back = { href: paths.staff.users(), label: t('staff.users') }
  return (
    <StaffPage title={title} at="users" narrow={narrow} back={back}>
      <Crumbs label={t('nav.breadcrumb')} items={[back, { label: title }]} />
      <h1 class="mb-5">{title}</h1>
      {children}
    </StaffPage>
  )
}

/** Where a file is chosen, and where all that is wrong with it is said. */
export const UploadPage: FC<{ problems: RowProblem[] }> = ({ problems }) => {
  const { t } = useStaffView()
  const said = ({ row, column, key, values }: RowProblem) => {
    const problem = t(key, values ?? {})
    if (!row) return problem
    return column
      ? t('people.upload.atCell', { row, column, problem })
      : t('people.upload.atRow', { row, problem })
  }
  const hidden = problems.length - SHOWN
  const errors = problems.slice(0, SHOWN).map((problem) => ({ field: 'file', message: said(problem) }))
  if (hidden > 0) errors.push({ field: 'file', message: t('people.upload.hidden', { count: hidden }) })
  return (
    <Around title={t('people.upload')} narrow>
      {errors.length > 0 && (
        <ErrorSummary title={t('people.upload.problems', { count: problems.length })} errors={errors} />
      )}
      <form method="post" action={paths.staff.userUpload()} enctype="multipart/form-data" class="grid gap-5">
        <Csrf />
        <div class="field">
          <label for="file">{t('people.upload.file')}</label>
          <input
            class="input"
            type="file"
            id="file"
            name="file"
            accept=".csv,text/csv"
            required
            aria-describedby="file-hint"
          />
          <p id="file-hint">{t('people.upload.hint', { max: MOST_ROWS })}</p>
        </div>
        <pre class="mono overflow-x-auto text-sm text-muted-foreground">{t('people.upload.example')}</pre>
        <div>
          <Button>{t('people.upload.look')}</Button>
        </div>
      </form>
    </Around>
  )
}

/** What a file would do; nothing has been done yet. */
export const PreviewPage: FC<{ steps: Step[]; rows: UploadRow[] }> = ({ steps, rows }) => {
  const { t } = useStaffView()
  const count = (does: Step['does']) => steps.filter((step) => step.does === does).length
  const invited = count('add') + count('invite')
  return (
    <Around title={t('people.upload.preview')}>
      <p class="mb-4">
        {t('people.upload.sum', { add: count('add'), invite: count('invite'), nothing: count('nothing') })}
      </p>
      <section class="card overflow-clip">
        <Table
          caption={t('people.upload.preview')}
          columns={[
            { label: t('people.column.name') },
            { label: t('companies.column.name') },
            { label: t('people.column.role') },
            { label: t('people.upload.does'), end: true },
          ]}
        >
          {steps.map((step) => (
            <Row>
              <Cell phone="full" class="main">
                <span class="block font-medium" dir="auto">
                  {step.name}
                </span>
                <span class="row-meta">{step.email}</span>
              </Cell>
              <Cell>{step.company.name}</Cell>
              <Cell>{step.role.name}</Cell>
              <Cell phone="end" class="end">
                {t(`people.upload.${step.does}`)}
              </Cell>
            </Row>
          ))}
        </Table>
      </section>
      <form method="post" action={paths.staff.userUploadConfirmation()} class="mt-5 flex flex-wrap gap-3">
        <Csrf />
        <input type="hidden" name="rows" value={JSON.stringify(rows)} />
        {invited > 0 && <Button icon="send">{t('people.inviteCount', { count: invited })}</Button>}
        <LinkButton href={paths.staff.userUpload()} variant="ghost">
          {t('people.upload.other')}
        </LinkButton>
      </form>
    </Around>
  )
}
