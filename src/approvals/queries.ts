import { sql } from 'kysely'
import { z } from 'zod'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { emailKey } from '#src/sign-in/address.ts'
import type { Staff } from '#src/viewer.ts'

const PAGE_SIZE = 25

const schema = z.object({
  show: z.enum(['decided']).optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
})
export type ApprovalFilter = z.infer<typeof schema>
export const approvalFilter = (query: Record<string, string>): ApprovalFilter => schema.parse(query)

const requests = (db: Db) =>
  db
    .selectFrom('profile_change as change')
    .innerJoin('contact', 'contact.id', 'change.contact_id')
    .innerJoin('company', 'company.id', 'change.company_id')
    .leftJoin('staff_member as decider', 'decider.id', 'change.decided_by')
    .select(['change.id', 'change.contact_id', 'change.company_id', 'change.name', 'change.email'])
    .select(['change.name_before', 'change.email_before', 'change.state', 'change.created_at'])
    .select(['change.proved_at', 'change.decided_at', 'change.refusal'])
    .select(['contact.name as contact', 'company.name as company', 'decider.name as decided_by'])

/** A page of requests: those that wait, oldest first, or those that were decided, newest first. */
export const listRequests = async (db: Db, { show, after }: ApprovalFilter) => {
  const down = show === 'decided'
  let query = requests(db)
    .where('change.state', 'in', down ? ['approved', 'refused'] : ['waiting'])
    .orderBy('change.id', down ? 'desc' : 'asc')
    .limit(PAGE_SIZE + 1)
  if (after) query = query.where('change.id', down ? '<' : '>', after)
  const found = await query.execute()
  const rows = found.slice(0, PAGE_SIZE)
  return { rows, next: found.length > PAGE_SIZE ? rows.at(-1)?.id : undefined }
}

export type Requested = Awaited<ReturnType<typeof listRequests>>['rows'][number]

export const countWaiting = async (db: Db) => {
  const row = await db
    .selectFrom('profile_change')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return row.waiting
}

export const findRequest = (db: Db, id: string): Promise<Requested | undefined> =>
  requests(db)
    .where('change.id', '=', id)
    .where('change.state', 'in', ['waiting', 'approved', 'refused'])
    .executeTakeFirst()

/** Decides it, once: false when it was decided or taken back in the meantime. */
const decide = async (db: Db, staff: Staff, request: Requested, refusal: string | null) => {
  const decided = await db
    .updateTable('profile_change')
    .set({
      state: refusal === null ? 'approved' : 'refused',
      decided_at: sql<Date>`now()`,
      decided_by: staff.staffId,
      refusal,
    })
    .where('id', '=', request.id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst()
  return decided !== undefined
}

const note = async (
  db: Db,
  staff: Staff,
  request: Requested,
  what: 'approved' | 'refused',
  reason: string | undefined,
  ip: string,
) => {
  await recordAudit(db, staff, {
    action: `profile.${what}`,
    company: request.company_id,
    object: { kind: 'contact', id: request.contact_id },
    data: {
      before: { name: request.name_before, email: request.email_before },
      after: { name: request.name, email: request.email },
      ...(reason && { reason }),
    },
    ip,
  })
  await enqueue(db, 'profile:mail', { tenant: staff.tenantId, change: request.id })
}

/** Makes the change; her sessions and everything else stay. `taken`: the address became somebody else's meanwhile. */
export const approve = async (db: Db, staff: Staff, request: Requested, ip: string) => {
  const holder = await db
    .selectFrom('contact')
    .select('id')
    .where('company_id', '=', request.company_id)
    .where('email_key', '=', emailKey(request.email))
    .where('id', '<>', request.contact_id)
    .executeTakeFirst()
  if (holder) return 'taken' as const
  if (!(await decide(db, staff, request, null))) return 'decided' as const
  await db
    .updateTable('contact')
    .set({ name: request.name, email: request.email, email_key: emailKey(request.email) })
    .where('id', '=', request.contact_id)
    .execute()
  await note(db, staff, request, 'approved', undefined, ip)
  return 'done' as const
}

export const refuse = async (db: Db, staff: Staff, request: Requested, reason: string, ip: string) => {
  if (!(await decide(db, staff, request, reason))) return 'decided' as const
  await note(db, staff, request, 'refused', reason, ip)
  return 'done' as const
}
