import type { Priority, Status } from '#src/tickets/filter.ts'
import { excerptOf } from '#src/tickets/reply.ts'
import type { BulkWriter } from './bulk.ts'
import type { Chance } from './chance.ts'
import type { Company, Person } from './companies.ts'
import { type Said, talk, writeTalk } from './talk.ts'
import { subject } from './words.ts'

const HOUR = 3_600_000

/** How many of a hundred tickets; the rest are closed. */
const SHARES: [Status, number][] = [
  ['new', 2],
  ['in_progress', 4],
  ['scheduled', 2],
  ['waiting_client', 3],
  ['waiting_supplier', 2],
  ['solved', 3],
  ['closed', 84],
]
const STATUSES = SHARES.flatMap(([status, share]) => new Array<Status>(share).fill(status))

const priorityOf = (chance: Chance): Priority =>
  chance.happens(0.8) ? 'normal' : chance.happens(0.6) ? 'low' : chance.happens(0.7) ? 'high' : 'urgent'

const peopleOf = (chance: Chance, company: Company) => {
  const requester = chance.pick(company.people)
  const others = Array.from({ length: chance.happens(0.3) ? 1 + chance.below(2) : 0 }, () =>
    chance.pick(company.people),
  )
  return { requester, people: [...new Set([requester, ...others])] }
}

const ticketRow = (
  chance: Chance,
  company: Company,
  requester: Person,
  status: Status,
  said: Said[],
  opened: Date,
) => {
  const last = said.findLast((one) => !one.internal) ?? said[0]
  return {
    number: ++company.tenant.tickets,
    subject: subject(chance),
    status,
    priority: priorityOf(chance),
    requester_id: requester.id,
    assignee_id: status === 'new' ? null : chance.pick(company.tenant.staff).id,
    via: 'import' as const,
    created_at: opened.toISOString(),
    updated_at: (last?.at ?? opened).toISOString(),
    status_since: (last?.at ?? opened).toISOString(),
    replies: said.filter((one) => !one.internal).length - 1,
    excerpt: excerptOf(last?.body ?? ''),
    excerpt_by: last?.name ?? '',
    excerpt_contact_id: last?.contact ?? null,
  }
}

/** A ticket with everything that hangs on it; `messages` counts internal notes too. */
export const writeTicket = (
  write: BulkWriter,
  chance: Chance,
  company: Company,
  opened: Date,
  messages: number,
) => {
  const id = chance.id(opened)
  const { requester, people } = peopleOf(chance, company)
  const category = chance.pick(company.tenant.categories)
  const status = chance.pick(STATUSES)
  const said = talk(chance, company, requester, opened, messages)
  const shared = {
    tenant_id: company.tenant.id,
    company_id: company.id,
    confidential: category.confidential && chance.happens(0.3),
    visible_to: people.map((person) => person.id),
  }
  write.add('ticket', {
    id,
    ...shared,
    category_id: category.id,
    ...ticketRow(chance, company, requester, status, said, opened),
  })
  for (const person of people)
    write.add('ticket_participant', {
      ...shared,
      ticket_id: id,
      contact_id: person.id,
      added_at: opened.toISOString(),
    })
  writeTalk(write, chance, { ...shared, ticket_id: id }, status, said)
  const { tenant_id, company_id } = shared
  for (const person of people)
    if (chance.happens(0.7)) {
      const read_at = new Date(opened.getTime() + chance.below(72) * HOUR).toISOString()
      write.add('ticket_read', {
        tenant_id,
        company_id,
        contact_id: person.id,
        ticket_id: id,
        read_at,
      })
    }
}
