import { MAX_PEOPLE } from '#src/tickets/policy.ts'
import { mayChange, type Staff } from '#src/viewer.ts'

/** A ticket that this tenant's staff see; row-level security has decided that already. */
type Seen = { requester_id: string; visible_to: string[] }

/** Answers, notes, properties and people: everybody of the desk but those who only look. */
export const mayWrite = (staff: Staff) => mayChange(staff, 'staff:tickets')

export const canPutOn = (staff: Staff, ticket: Seen) =>
  mayWrite(staff) && ticket.visible_to.length < MAX_PEOPLE

/** Whoever asked stays on her ticket. */
export const canTakeOff = (staff: Staff, ticket: Seen, contactId: string) =>
  mayWrite(staff) && contactId !== ticket.requester_id && ticket.visible_to.includes(contactId)
