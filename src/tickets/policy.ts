import type { Status } from '#src/tickets/filter.ts'
import { can, type Viewer } from '#src/viewer.ts'

/** A ticket that this viewer can see; row-level security has decided that already. */
type Seen = { status: Status; requester_id: string; visible_to: string[] }

/** As many people may be on a ticket. */
export const MAX_PEOPLE = 100

export const isOver = (ticket: Pick<Seen, 'status'>) =>
  ticket.status === 'solved' || ticket.status === 'closed'

export const canReply = (viewer: Viewer, _ticket: Seen) => can(viewer, 'tickets:reply')
export const canClose = (viewer: Viewer, ticket: Seen) => can(viewer, 'tickets:close') && !isOver(ticket)
export const canReopen = (viewer: Viewer, ticket: Seen) => can(viewer, 'tickets:close') && isOver(ticket)
/** Who may answer may also bring a colleague in. */
export const canAddParticipant = (viewer: Viewer, ticket: Seen) =>
  canReply(viewer, ticket) && ticket.visible_to.length < MAX_PEOPLE
export const canCreateFor = (viewer: Viewer, contactId: string) =>
  contactId === viewer.contactId || can(viewer, 'tickets:create-for-others')
