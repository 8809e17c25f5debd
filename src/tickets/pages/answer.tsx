import type { FC } from 'hono/jsx'
import { uuidv7 } from 'uuidv7'
import { keepFile } from '#src/files/kept.ts'
import { paths } from '#src/paths.ts'
import type { Colleague, Ticket } from '#src/tickets/find.ts'
import type { Problems, Typed } from '#src/tickets/forms.ts'
import { attachText, KeptFiles } from '#src/tickets/pages/files.tsx'
import { canClose, canReply, isOver } from '#src/tickets/policy.ts'
import { MAX_BODY } from '#src/tickets/reply.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Composer } from '#src/web/ui/attach.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { usePortalView } from '#src/web/view.ts'

type AnswerProps = { ticket: Ticket; people: Colleague[]; input: Typed; problems: Problems }

/** The reply box, for those who may answer. */
export const Answer: FC<AnswerProps> = ({ ticket, people, input, problems }) => {
  const { t, format, tenant, viewer } = usePortalView()
  if (!canReply(viewer, ticket))
    return <p class="mt-5 text-sm text-muted-foreground">{t('tickets.reply.none')}</p>
  const problem = problems.files ?? problems.body
  const names = people
    .filter((who) => ticket.visible_to.includes(who.id) && who.id !== viewer.contactId)
    .map((who) => who.name)
  const audience = format.list([ticket.assignee ?? tenant.name, ...names])
  return (
    <div class="mt-5" id="reply">
      <Composer
        id="files"
        maxBytes={tenant.settings.attachmentMegabytes * 1_000_000}
        text={attachText(t)}
        label={t('tickets.reply')}
        textLabel={t('tickets.reply.label')}
        action={paths.ticketReplies(ticket.id)}
        placeholder={
          ticket.assignee
            ? t('tickets.reply.placeholderTo', { name: ticket.assignee })
            : t('tickets.reply.placeholder')
        }
        owner={viewer.contactId}
        kept={input.files.length > 0}
        value={input.body}
        error={problem && t(problem.key, problem.values ?? {})}
        maxlength={MAX_BODY}
        attachLabel={t('tickets.reply.attach')}
        audience={t('tickets.reply.audience', { names: audience })}
        fields={
          <>
            <Csrf />
            <input type="hidden" name="once" value={uuidv7()} />
            <KeptFiles files={input.files.map((file) => ({ ...file, sealed: keepFile(viewer, file) }))} />
          </>
        }
      >
        {canClose(viewer, ticket) && (
          <Button name="then" value="solve" variant="ghost" size="sm" class="desk-only">
            {t('tickets.reply.sendSolved')}
          </Button>
        )}
        <Button size="sm">{t('tickets.reply.send')}</Button>
      </Composer>
      {isOver(ticket) && <p class="mt-2 text-sm text-muted-foreground">{t('tickets.reply.reopens')}</p>}
    </div>
  )
}
