import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Attachment, conversation, Message as Said, TicketEvent } from '#src/tickets/find.ts'
import { EventLine } from '#src/tickets/pages/event.tsx'
import { Files } from '#src/tickets/pages/files.tsx'
import { threadLines } from '#src/tickets/pages/lines.ts'
import { Time } from '#src/web/ui/content.tsx'
import { Message, PlainText, Thread } from '#src/web/ui/thread.tsx'
import { useStaffView } from '#src/web/view.ts'

export type Talk = {
  talk: Awaited<ReturnType<typeof conversation>>
  past: boolean
  events: TicketEvent[]
  files: Attachment[]
}

const SaidLine: FC<{ said: Said; files: Attachment[] }> = ({ said, files }) => {
  const { t, format, tenant, staff } = useStaffView()
  const desk = said.author_contact_id === null
  const time = (
    <Time
      at={said.created_at.toISOString()}
      text={format.moment(said.created_at)}
      full={format.exact(said.created_at)}
    />
  )
  return (
    <Message
      id={`m-${said.id}`}
      author={said.author_name}
      role={desk ? tenant.name : (said.author_title ?? undefined)}
      desk={desk}
      mine={said.author_staff_id === staff.staffId}
      internal={said.internal ? t('desk.note.mark') : undefined}
      time={time}
      files={files.length > 0 && <Files files={files} href={paths.staff.attachment} />}
    >
      <PlainText text={said.body} />
    </Message>
  )
}

/** Replies, notes and what happened, in the order of time; notes look unlike what the client reads. */
export const DeskThread: FC<Talk> = (props) => {
  const { t } = useStaffView()
  return (
    <Thread label={t('tickets.conversation')}>
      {threadLines(props).map(({ said, event }) =>
        said ? (
          <SaidLine said={said} files={props.files.filter((file) => file.message_id === said.id)} />
        ) : (
          event && <EventLine event={event} />
        ),
      )}
    </Thread>
  )
}
