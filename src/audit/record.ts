import { uuidv7 } from 'uuidv7'
import type { Json } from '#src/db/schema.gen.ts'
import type { Db } from '#src/db/scope.ts'
import type { Contact, Staff } from '#src/viewer.ts'

export type AuditEntry = {
  /** `area.what-happened`, in the past tense: `role.changed`, `contact.invited`. */
  action: string
  /** The company that it is about: its administrators see the row. A contact's own by default. */
  company?: string | null
  object?: { kind: string; id: string }
  /** The contact whose portal staff look at while they do it. */
  onBehalfOf?: { id: string; name: string }
  /** What was before and is now; never a secret. */
  data?: { [key: string]: Json }
  /** From which address. */
  ip?: string | null
}

/** Writes one row of the audit log, in the transaction of what it tells: both happen or neither. */
export const recordAudit = async (db: Db, actor: Contact | Staff, entry: AuditEntry) => {
  const company = entry.company ?? (actor.kind === 'contact' ? actor.companyId : null)
  await db
    .insertInto('audit_event')
    .values({
      id: uuidv7(),
      // a contact's scope names her company itself
      ...(actor.kind === 'staff' && { company_id: company }),
      actor_kind: actor.kind,
      actor_id: actor.kind === 'staff' ? actor.staffId : actor.contactId,
      actor_name: actor.name,
      ...(entry.onBehalfOf && {
        on_behalf_id: entry.onBehalfOf.id,
        on_behalf_name: entry.onBehalfOf.name,
      }),
      action: entry.action,
      object_kind: entry.object?.kind ?? null,
      object_id: entry.object?.id ?? null,
      ip: entry.ip ?? null,
      data: JSON.stringify(entry.data ?? {}),
    })
    .execute()
}
