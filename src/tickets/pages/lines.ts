import type { conversation, TicketEvent } from '#src/tickets/find.ts'

type Given = { talk: Awaited<ReturnType<typeof conversation>>; past: boolean; events: TicketEvent[] }

/** Messages and events in the order in which they happened; a page of older messages has no events after its last. */
export const threadLines = ({ talk, past, events }: Given) => {
  const from = talk.earlier ? talk.messages[0]?.created_at : undefined
  const until = past ? talk.messages.at(-1)?.created_at : undefined
  const shown = events.filter(
    (event) => (!from || event.created_at >= from) && (!until || event.created_at <= until),
  )
  const all = [
    ...talk.messages.map((said) => ({ at: said.created_at, said, event: undefined })),
    ...shown.map((event) => ({ at: event.created_at, said: undefined, event })),
  ]
  return all.sort((a, b) => a.at.getTime() - b.at.getTime())
}
