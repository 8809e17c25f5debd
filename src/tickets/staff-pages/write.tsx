import type { FC } from 'hono/jsx'
import { uuidv7 } from 'uuidv7'
import { keepFile } from '#src/files/kept.ts'
import { paths } from '#src/paths.ts'
import type { DeskContact, DeskTicket } from '#src/tickets/desk-find.ts'
import type { DeskProblems } from '#src/tickets/desk-forms.ts'
import { mayWrite } from '#src/tickets/desk-policy.ts'
import { STATUSES } from '#src/tickets/filter.ts'
import type { Typed } from '#src/tickets/forms.ts'
import { attachText, KeptFiles } from '#src/tickets/pages/files.tsx'
import { MAX_BODY } from '#src/tickets/reply.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Composer } from '#src/web/ui/attach.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Options } from '#src/web/ui/choice.tsx'
import { Segmented } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

export type Mode = 'reply' | 'note'
export type WriteProps = {
  ticket: DeskTicket
  contacts: DeskContact[]
  mode: Mode
  input: Typed
  problems: DeskProblems
}

const useCommon = ({ input, problems }: WriteProps) => {
  const { t, tenant, staff } = useStaffView()
  const problem = problems.files ?? problems.body
  return {
    id: 'files',
    maxBytes: tenant.settings.attachmentMegabytes * 1_000_000,
    text: attachText(t),
    owner: staff.staffId,
    kept: input.files.length > 0,
    value: input.body,
    maxlength: MAX_BODY,
    attachLabel: t('desk.attach'),
    ...(problem && { error: t(problem.key, problem.values ?? {}) }),
    fields: (
      <>
        <Csrf />
        <input type="hidden" name="once" value={uuidv7()} />
        <KeptFiles files={input.files.map((file) => ({ ...file, sealed: keepFile(staff, file) }))} />
      </>
    ),
  }
}

const Reply: FC<WriteProps> = (props) => {
  const { ticket, contacts } = props
  const { t, format } = useStaffView()
  const { company } = ticket
  const names = contacts.filter((who) => ticket.visible_to.includes(who.id)).map((who) => who.name)
  return (
    <Composer
      {...useCommon(props)}
      label={t('desk.reply', { company })}
      textLabel={t('desk.reply.label', { company })}
      action={paths.staff.ticketReplies(ticket.id)}
      placeholder={t('desk.reply.placeholder', { company })}
      audience={t('desk.reply.audience', { names: format.list(names) })}
    >
      <select class="select" name="next" aria-label={t('desk.reply.then')}>
        <option value="">{t('desk.reply.keep')}</option>
        <Options items={STATUSES.map((value) => ({ value, label: t(`desk.status.${value}`) }))} />
      </select>
      <Button size="sm" icon="send">
        {t('desk.reply.send', { company })}
      </Button>
    </Composer>
  )
}

const Note: FC<WriteProps> = (props) => {
  const { t } = useStaffView()
  const { company, id } = props.ticket
  return (
    <Composer
      {...useCommon(props)}
      internal
      label={t('desk.note')}
      textLabel={t('desk.note.label', { company })}
      action={paths.staff.ticketNotes(id)}
      placeholder={t('desk.note.placeholder')}
      audience={t('desk.note.audience', { company })}
    >
      <Button size="sm" variant="outline" icon="eye-off">
        {t('desk.note.save')}
      </Button>
    </Composer>
  )
}

/** One of two forms, never both: a reply that the client reads, or a note that only the desk sees. */
export const Write: FC<WriteProps> = (props) => {
  const { t, staff } = useStaffView()
  const { ticket, mode } = props
  if (!mayWrite(staff)) return <p class="mt-5 text-sm text-muted-foreground">{t('desk.viewer')}</p>
  const link = (write: Mode) => `${paths.staff.ticket(ticket.id, { write })}#write`
  return (
    <div class="mt-5" id="write">
      <div class="mb-2">
        <Segmented
          label={t('desk.write')}
          items={[
            {
              href: link('reply'),
              label: t('desk.reply', { company: ticket.company }),
              current: mode === 'reply',
            },
            { href: link('note'), label: t('desk.note'), current: mode === 'note' },
          ]}
        />
      </div>
      {mode === 'note' ? <Note {...props} /> : <Reply {...props} />}
    </div>
  )
}
