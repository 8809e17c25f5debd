import type { Db } from '#src/db/scope.ts'
import { sha256 } from '#src/secret.ts'

/** Events of nobody we know (an address without a person) belong to no tenant; they have a chain of their own. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000'

/** Before the first link. */
export const START = Buffer.alloc(32)

export const COLUMNS = [
  'event.id',
  'event.at',
  'event.company_id',
  'event.actor_kind',
  'event.actor_id',
  'event.actor_name',
  'event.on_behalf_id',
  'event.on_behalf_name',
  'event.action',
  'event.object_kind',
  'event.object_id',
  'event.ip',
] as const

type Chained = {
  id: string
  at: Date
  company_id: string | null
  actor_kind: string
  actor_id: string | null
  actor_name: string
  on_behalf_id: string | null
  on_behalf_name: string | null
  action: string
  object_kind: string | null
  object_id: string | null
  ip: string | null
  /** jsonb as PostgreSQL writes it: in JavaScript large numbers would lose digits. */
  data_text: string
}

/** One link: SHA-256 of the hash before, followed by the row as a JSON array of its values in this order. */
export const link = (before: Buffer, tenant: string, sequence: number, row: Chained): Buffer => {
  const values = [
    tenant,
    sequence,
    row.id,
    row.at.toISOString(),
    row.company_id,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.on_behalf_id,
    row.on_behalf_name,
    row.action,
    row.object_kind,
    row.object_id,
    row.ip,
    row.data_text,
  ]
  return sha256(Buffer.concat([before, Buffer.from(JSON.stringify(values))]))
}

/** The newest link of the tenant that `db` is scoped to. */
export const headOf = (db: Db) =>
  db
    .selectFrom('audit_chain')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
