import type { RowOf } from '#src/imports/columns.ts'
import type { Company, Contact, Ticket } from '#src/imports/known.ts'
import { contactCalled } from '#src/imports/requester.ts'
import type { Row } from '#src/imports/row.ts'
import { type Run, standIn } from '#src/imports/run.ts'
import { MAX_PEOPLE } from '#src/tickets/policy.ts'

const bare = (said: string) => said.replace(/^["'\s]+|["'\s]+$/g, '')

/** The contacts of the company that the row names besides the requester, by id, address or name. */
export const participantsOf = (run: Run, row: Row<'tickets'>, company: Company): Contact[] => {
  const names = row
    .text('participants')
    .replace(/^\[|\]$/g, '')
    .split(/[;,|\n]/)
    .map(bare)
  const found = names.filter(Boolean).flatMap((said) => {
    const linked = run.known.contacts.external(said)
    const contact = linked?.company_id === company.id ? linked : contactCalled(run, company, said)
    const missing = `there is no contact "${said}" in ${company.name}`
    if (!contact)
      standIn(run, row, 'participants', {
        missing,
        made: 'participant is no contact of the company: left out',
      })
    return contact ?? []
  })
  // besides the requester
  if (found.length >= MAX_PEOPLE)
    row.note('participants', `only the first ${MAX_PEOPLE - 1} participants are kept`)
  return found.slice(0, MAX_PEOPLE - 1)
}

/** Who sees a ticket: its requester and participants. Who was on it stays, but for a requester who is none any more. */
export const visibleTo = (
  requester: Contact,
  participants: Contact[],
  existing: Ticket | undefined,
): string[] => {
  const were = existing?.company_id === requester.company_id ? existing.visible_to : []
  const stay = were.filter((id) => id !== existing?.requester_id)
  const all = [...new Set([requester.id, ...stay, ...participants.map((contact) => contact.id)])].slice(
    0,
    MAX_PEOPLE,
  )
  const isSame = all.length === were.length && all.every((id) => were.includes(id))
  return isSame ? were : all
}

export const addParticipants = (run: Run, ticket: Ticket, contacts: string[]) => {
  const { id: ticket_id, company_id, confidential, visible_to, created_at: added_at } = ticket
  for (const contact_id of contacts) {
    const row: RowOf<'ticket_participant'> = {
      ticket_id,
      company_id,
      confidential,
      visible_to,
      contact_id,
      added_at,
    }
    run.writer.add('ticket_participant', `${ticket_id} ${contact_id}`, row)
  }
}
