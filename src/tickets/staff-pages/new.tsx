import type { FC } from 'hono/jsx'
import { uuidv7 } from 'uuidv7'
import { keepFile } from '#src/files/kept.ts'
import { paths } from '#src/paths.ts'
import type { DeskContact } from '#src/tickets/desk-find.ts'
import type { DeskProblems } from '#src/tickets/desk-forms.ts'
import { PRIORITIES } from '#src/tickets/filter.ts'
import { MAX_SUBJECT, type Typed } from '#src/tickets/forms.ts'
import { attachText, KeptFiles } from '#src/tickets/pages/files.tsx'
import { MAX_BODY } from '#src/tickets/reply.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { DropZone } from '#src/web/ui/attach.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { EmptyState, ErrorSummary } from '#src/web/ui/feedback.tsx'
import { TextArea, TextField } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

export type NewForCallerProps = {
  company: { id: string; name: string }
  contacts: DeskContact[]
  staff: { id: string; name: string }[]
  categories: { id: string; name: string; confidential: boolean }[]
  input: Typed
  assignee: string
  problems: DeskProblems
}

const useError = (problems: DeskProblems) => {
  const { t } = useStaffView()
  return (name: keyof DeskProblems) => {
    const problem = problems[name]
    return problem ? { error: t(problem.key, problem.values ?? {}) } : {}
  }
}

const Texts: FC<NewForCallerProps> = ({ contacts, input, problems }) => {
  const { t } = useStaffView()
  const error = useError(problems)
  return (
    <>
      <SelectField
        id="for"
        label={t('desk.new.contact')}
        value={input.for}
        required
        {...error('for')}
        options={[
          { value: '', label: t('desk.new.choose') },
          ...contacts.map((who) => ({
            value: who.id,
            label: who.email ? `${who.name} (${who.email})` : who.name,
          })),
        ]}
      />
      <TextField
        id="subject"
        label={t('desk.new.subject')}
        value={input.subject}
        required
        maxlength={MAX_SUBJECT}
        {...error('subject')}
      />
      <TextArea
        id="body"
        label={t('desk.new.body')}
        hint={t('desk.new.bodyHint')}
        value={input.body}
        required
        maxlength={MAX_BODY}
        {...error('body')}
      />
    </>
  )
}

const Files: FC<NewForCallerProps> = ({ input, problems }) => {
  const { t, format, tenant, staff } = useStaffView()
  const limit = tenant.settings.attachmentMegabytes * 1_000_000
  const { error } = useError(problems)('files')
  return (
    <div>
      <DropZone
        id="files"
        maxBytes={limit}
        text={attachText(t)}
        label={t('files.add')}
        hint={t('files.hint', { size: format.size(limit) })}
      />
      {error && <p class="field-error mt-2">{error}</p>}
      <KeptFiles files={input.files.map((file) => ({ ...file, sealed: keepFile(staff, file) }))} />
    </div>
  )
}

const Choices: FC<NewForCallerProps> = ({ staff, categories, input, assignee, problems }) => {
  const { t } = useStaffView()
  const error = useError(problems)
  const none = { value: '', label: t('desk.none') }
  return (
    <div class="grid gap-4 sm:grid-cols-3">
      <SelectField
        id="priority"
        label={t('desk.priority')}
        value={input.priority}
        {...error('priority')}
        options={PRIORITIES.map((value) => ({ value, label: t(`tickets.priority.${value}`) }))}
      />
      <SelectField
        id="category"
        label={t('desk.category')}
        value={input.category}
        {...error('category')}
        options={[
          none,
          ...categories.map(({ id, name, confidential }) => ({
            value: id,
            label: confidential ? t('tickets.new.categoryConfidential', { name }) : name,
          })),
        ]}
      />
      <SelectField
        id="assignee"
        label={t('desk.assignee')}
        value={assignee}
        {...error('assignee')}
        options={[none, ...staff.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </div>
  )
}

const NewForm: FC<NewForCallerProps> = (props) => {
  const { t, staff } = useStaffView()
  const { company } = props
  return (
    <form
      method="post"
      action={paths.staff.tickets()}
      enctype="multipart/form-data"
      class="grid max-w-160 gap-5"
    >
      <Csrf />
      <input type="hidden" name="once" value={uuidv7()} />
      <input type="hidden" name="company" value={company.id} />
      <draft-keeper data-owner={staff.staffId}>
        <div class="grid gap-5">
          <Texts {...props} />
          <Files {...props} />
          <Choices {...props} />
        </div>
      </draft-keeper>
      <div>
        <Button size="lg" icon="send">
          {t('desk.new.send', { company: company.name })}
        </Button>
      </div>
    </form>
  )
}

/** Second step: what the caller needs. */
export const NewForCallerPage: FC<NewForCallerProps> = (props) => {
  const { company, contacts, problems } = props
  const { t } = useStaffView()
  const errors = Object.entries(problems).map(([field, problem]) => ({
    field,
    message: t(problem.key, problem.values ?? {}),
  }))
  return (
    <StaffPage
      title={t('desk.new.title', { company: company.name })}
      at="tickets"
      back={{ href: paths.staff.newTicket(), label: t('desk.new.other') }}
    >
      <PageHead
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [
            { href: paths.staff.tickets(), label: t('desk.queue') },
            { href: paths.staff.newTicket(), label: t('desk.new') },
            { label: company.name },
          ],
        }}
        title={t('desk.new.title', { company: company.name })}
      />
      {errors.length > 0 && (
        <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
      )}
      {contacts.length === 0 ? (
        <EmptyState icon="users" title={t('desk.new.nobody')} text={t('desk.new.nothingText')} />
      ) : (
        <NewForm {...props} />
      )}
    </StaffPage>
  )
}
