import { sha256 } from '#src/secret.ts'
import type { Status } from '#src/tickets/filter.ts'
import type { BulkWriter } from './bulk.ts'
import type { Chance } from './chance.ts'
import type { Company, Person } from './companies.ts'
import { message } from './words.ts'

const HOUR = 3_600_000
/** The files themselves are not there: no page of the bench opens one, and pictures would be. */
const HASH = sha256('')

export type Said = {
  at: Date
  body: string
  internal: boolean
  name: string
  contact: string | null
  staff: string | null
}

/** Who said what: the requester begins, then desk and requester by turns, with an internal note now and then. */
export const talk = (
  chance: Chance,
  company: Company,
  requester: Person,
  opened: Date,
  messages: number,
): Said[] => {
  let time = opened.getTime()
  return Array.from({ length: messages }, (_, n) => {
    if (n > 0) time += 1 + chance.below(20 * HOUR)
    const desk = n % 2 === 1 ? chance.pick(company.tenant.staff) : undefined
    const author = desk ?? requester
    return {
      at: new Date(time),
      body: message(chance),
      internal: desk !== undefined && chance.happens(0.3),
      name: author.name,
      contact: desk ? null : requester.id,
      staff: desk?.id ?? null,
    }
  })
}

type OfTicket = {
  tenant_id: string
  company_id: string
  confidential: boolean
  visible_to: string[]
  ticket_id: string
}

const writeFile = (write: BulkWriter, chance: Chance, row: OfTicket, message_id: string, said: Said) => {
  const file = {
    name: 'report.pdf',
    media_type: 'application/pdf',
    bytes: 40_000 + chance.below(400_000),
    sha256: HASH,
  }
  const { internal, at } = said
  write.add('attachment', {
    ...row,
    id: chance.id(at),
    message_id,
    internal,
    ...file,
    created_at: at.toISOString(),
  })
}

const writeEvents = (write: BulkWriter, chance: Chance, row: OfTicket, status: Status, said: Said[]) => {
  const desk = said.find((one) => one.staff)
  const steps: Status[] =
    status === 'new' ? [] : status === 'in_progress' ? [status] : ['in_progress', status]
  steps.forEach((to, n) => {
    const from = steps[n - 1] ?? 'new'
    const at = new Date((said.at(n === 0 ? 0 : -1)?.at ?? new Date(0)).getTime() + 60_000)
    write.add('ticket_event', {
      ...row,
      id: chance.id(at),
      kind: 'status',
      actor_staff_id: desk?.staff ?? null,
      actor_name: desk?.name ?? 'Service Desk',
      data: { from, to },
      created_at: at.toISOString(),
    })
  })
}

/** The messages, a file on one in twelve, and the history. */
export const writeTalk = (write: BulkWriter, chance: Chance, row: OfTicket, status: Status, said: Said[]) => {
  for (const one of said) {
    const id = chance.id(one.at)
    write.add('ticket_message', {
      ...row,
      id,
      internal: one.internal,
      author_contact_id: one.contact,
      author_staff_id: one.staff,
      author_name: one.name,
      body: one.body,
      via: 'import',
      created_at: one.at.toISOString(),
    })
    if (chance.happens(1 / 12)) writeFile(write, chance, row, id, one)
  }
  writeEvents(write, chance, row, status, said)
}
