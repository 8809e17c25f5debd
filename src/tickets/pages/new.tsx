import type { FC } from 'hono/jsx'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { keepFile } from '#src/files/kept.ts'
import { paths } from '#src/paths.ts'
import { PRIORITIES, type Priority } from '#src/tickets/filter.ts'
import { colleagues } from '#src/tickets/find.ts'
import { MAX_SUBJECT, type Problems, type Typed } from '#src/tickets/forms.ts'
import { attachText, KeptFiles } from '#src/tickets/pages/files.tsx'
import { MAX_BODY } from '#src/tickets/reply.ts'
import { can, type Viewer } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Page } from '#src/web/layout.tsx'
import { DropZone } from '#src/web/ui/attach.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Choices, SelectField } from '#src/web/ui/choice.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { TextArea, TextField } from '#src/web/ui/field.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { usePortalView, type View } from '#src/web/view.ts'

/** What the form offers this person. */
export const newTicketChoices = async (db: Db, viewer: Viewer) => {
  const forOthers = can(viewer, 'tickets:create-for-others')
  const [categories, people] = await Promise.all([
    db
      .selectFrom('category')
      .select(['id', 'name', 'confidential'])
      .where('archived_at', 'is', null)
      .orderBy('position')
      .orderBy('name')
      .execute(),
    forOthers ? colleagues(db) : [],
  ])
  return {
    categories,
    people: people.filter((who) => who.id !== viewer.contactId),
    limit: (view: View) => (view.tenant?.settings.attachmentMegabytes ?? 0) * 1_000_000,
    priority: (input: Typed): Priority => PRIORITIES.find((value) => value === input.priority) ?? 'normal',
  }
}

type NewTicketChoices = Awaited<ReturnType<typeof newTicketChoices>>
type NewProps = { choices: NewTicketChoices; input: Typed; problems: Problems }

const Fields: FC<NewProps> = ({ choices, input, problems }) => {
  const { t, format, tenant, viewer } = usePortalView()
  const error = (name: keyof Problems) => {
    const problem = problems[name]
    return problem && t(problem.key, problem.values ?? {})
  }
  const limit = tenant.settings.attachmentMegabytes * 1_000_000
  const urgent = tenant.supportPhone
    ? t('tickets.new.urgentCall', { phone: tenant.supportPhone })
    : t('tickets.new.urgentHint')
  const category = (row: NewTicketChoices['categories'][number]) =>
    row.confidential ? t('tickets.new.categoryConfidential', { name: row.name }) : row.name
  return (
    <>
      <TextField
        id="subject"
        label={t('tickets.new.subject')}
        value={input.subject}
        error={error('subject')}
        required
        maxlength={MAX_SUBJECT}
      />
      <TextArea
        id="body"
        label={t('tickets.new.body')}
        hint={t('tickets.new.bodyHint')}
        value={input.body}
        error={error('body')}
        required
        maxlength={MAX_BODY}
      />
      <div>
        <DropZone
          id="files"
          maxBytes={limit}
          text={attachText(t)}
          label={t('files.add')}
          hint={t('files.hint', { size: format.size(limit) })}
        />
        {error('files') && <p class="field-error mt-2">{error('files')}</p>}
        <KeptFiles files={input.files.map((file) => ({ ...file, sealed: keepFile(viewer, file) }))} />
      </div>
      <Choices
        legend={t('tickets.new.priority')}
        name="priority"
        value={input.priority}
        error={error('priority')}
        items={PRIORITIES.map((value) => ({
          value,
          label: t(`tickets.new.${value}`),
          hint: value === 'urgent' ? urgent : t(`tickets.new.${value}Hint`),
        }))}
      />
      <div class="grid gap-4 sm:grid-cols-2">
        {choices.categories.length > 0 && (
          <SelectField
            id="category"
            label={t('tickets.new.category')}
            value={input.category}
            error={error('category')}
            options={[
              { value: '', label: t('tickets.new.categoryNone') },
              ...choices.categories.map((row) => ({ value: row.id, label: category(row) })),
            ]}
          />
        )}
        {choices.people.length > 0 && (
          <SelectField
            id="for"
            label={t('tickets.new.for')}
            hint={t('tickets.new.forHint')}
            value={input.for}
            error={error('for')}
            options={[
              { value: '', label: t('tickets.new.forMe') },
              ...choices.people.map((who) => ({ value: who.id, label: who.name })),
            ]}
          />
        )}
      </div>
    </>
  )
}

export const NewPage: FC<NewProps> = (props) => {
  const { t, tenant, viewer } = usePortalView()
  const errors = Object.entries(props.problems).map(([field, problem]) => ({
    field,
    message: t('form.problemAt', {
      field: t(field === 'files' ? 'files.add' : `tickets.new.${field as Exclude<keyof Problems, 'files'>}`),
      problem: t(problem.key, problem.values ?? {}),
    }),
  }))
  return (
    <Page title={t('tickets.new.page')} at="new" back={{ href: paths.tickets(), label: t('tickets.title') }}>
      <Crumbs
        label={t('nav.breadcrumb')}
        items={[{ href: paths.tickets(), label: t('tickets.title') }, { label: t('tickets.new.crumb') }]}
      />
      <h1 class="mb-5">{t('tickets.new.title')}</h1>
      {errors.length > 0 && (
        <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
      )}
      <div class="split">
        <form
          method="post"
          action={paths.tickets()}
          enctype="multipart/form-data"
          class="grid max-w-160 gap-5"
        >
          <Csrf />
          <input type="hidden" name="once" value={uuidv7()} />
          <draft-keeper data-owner={viewer.contactId}>
            <Fields {...props} />
          </draft-keeper>
          <div class="flex flex-wrap items-center gap-3">
            <Button size="lg">{t('tickets.new.send', { tenant: tenant.name })}</Button>
            <p class="text-sm text-muted-foreground">{t('tickets.new.seen')}</p>
          </div>
        </form>
        <aside class="side sticky-side" aria-label={t('tickets.new.known')}>
          <section>
            <h2>{t('tickets.new.known')}</h2>
            <p class="text-sm text-muted-foreground">{t('tickets.new.confidentialHint')}</p>
          </section>
        </aside>
      </div>
    </Page>
  )
}
