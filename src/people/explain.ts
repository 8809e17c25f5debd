import { z } from 'zod'
import { type Db, scoped } from '#src/db/scope.ts'
import type { Person } from '#src/people/queries.ts'
import { permissionsOf, withoutAreas } from '#src/permissions.ts'
import type { Tenant } from '#src/tenants/tenant.ts'
import { findTicket } from '#src/tickets/find.ts'
import { canClose, canReopen, canReply } from '#src/tickets/policy.ts'
import { type Contact, can, ticketScope } from '#src/viewer.ts'

/** She as the portal would see her in this moment, were she at its door. */
export const viewerOf = (person: Person, tenant: Tenant): Contact => ({
  kind: 'contact',
  tenantId: tenant.id,
  companyId: person.company_id,
  contactId: person.id,
  sessionId: '',
  name: person.name,
  email: person.email ?? '',
  companyName: person.company,
  permissions: person.role_id
    ? withoutAreas(
        permissionsOf({ preset: person.preset, permissions: person.permissions ?? [] }),
        tenant.settings.areasOff,
      )
    : new Set(),
})

/** What keeps somebody out of the portal altogether; undefined when nothing does. */
export const shutOut = (person: Person) => {
  if (person.company_archived_at) return 'company'
  if (person.archived_at) return 'archived'
  if (person.disabled_at) return 'disabled'
  if (!person.role_id) return 'role'
  return person.email ? undefined : 'email'
}

const address = /\/tickets\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#]|$)/i

/** A ticket's number, with or without #, or an address of its page in either app. */
export const recordOf = (text: string): { number: number } | { id: string } | undefined => {
  const number = /^#?(\d{1,12})$/.exec(text.trim())?.[1]
  if (number) return { number: Number(number) }
  const id = z.uuid().safeParse(text.trim().toLowerCase()).data ?? address.exec(text)?.[1]
  return id ? { id: id.toLowerCase() } : undefined
}

const findRecord = (db: Db, record: { number: number } | { id: string }) =>
  db
    .selectFrom('ticket')
    .innerJoin('company', 'company.id', 'ticket.company_id')
    .select(['ticket.id', 'number', 'subject', 'ticket.company_id', 'confidential', 'visible_to'])
    .select('company.name as company')
    .$if('number' in record, (query) => query.where('number', '=', 'number' in record ? record.number : 0))
    .$if('id' in record, (query) => query.where('ticket.id', '=', 'id' in record ? record.id : ''))
    .executeTakeFirst()

/**
 * Whether she sees a ticket, asked of the portal's own door: her transaction, her scope, the page's own query. What
 * stands beside the answer are the facts that its rules look at. Undefined when the tenant has no such ticket.
 */
export const explain = async (
  db: Db,
  person: Person,
  tenant: Tenant,
  record: { number: number } | { id: string },
) => {
  const ticket = await findRecord(db, record)
  if (!ticket) return undefined
  const viewer = viewerOf(person, tenant)
  const found = await scoped(viewer, 'read', (hers) => findTicket(hers, ticket.id))
  const comesIn = shutOut(person) === undefined
  const opensPage = can(viewer, 'tickets:view')
  return {
    ticket,
    sees: comesIn && opensPage && found !== undefined,
    facts: {
      comesIn,
      sameCompany: ticket.company_id === person.company_id,
      opensPage,
      scope: ticketScope(viewer),
      confidential: ticket.confidential,
      isOn: ticket.visible_to.includes(person.id),
      found: found !== undefined,
    },
    may: found && {
      reply: canReply(viewer, found),
      close: canClose(viewer, found) || canReopen(viewer, found),
    },
  }
}

export type Explanation = NonNullable<Awaited<ReturnType<typeof explain>>>
