import { sql } from 'kysely'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { keepingManagers } from '#src/people/last-admin.ts'
import { lockCompanies, type Person } from '#src/people/queries.ts'
import type { Staff } from '#src/viewer.ts'

/** Somebody to be invited, and the role she gets. */
export type Invitee = { id: string; name: string; company_id: string; roleId: string; role: string }

/** Whether an invitation makes sense: she has an address, isn't in yet, and nobody shut her out. */
export const canBeInvited = (person: Person) =>
  person.email !== null &&
  person.archived_at === null &&
  person.company_archived_at === null &&
  person.state !== 'active' &&
  person.state !== 'disabled'

const IN_ONE_JOB = 100

const write = async (db: Db, staff: Staff, people: Invitee[]) => {
  const invitations: string[] = []
  for (const [roleId, holders] of Map.groupBy(people, (person) => person.roleId)) {
    const rows = await db
      .updateTable('contact')
      .set({ role_id: roleId, invited_at: sql<Date>`now()`, invitation_id: sql<string>`gen_random_uuid()` })
      .where(
        'id',
        'in',
        holders.map((person) => person.id),
      )
      .returning('invitation_id')
      .execute()
    invitations.push(...rows.flatMap((row) => row.invitation_id ?? []))
  }
  for (let from = 0; from < invitations.length; from += IN_ONE_JOB) {
    const some = invitations.slice(from, from + IN_ONE_JOB)
    await enqueue(db, 'people:invite', { tenant: staff.tenantId, invitations: some })
  }
}

/**
 * Gives each their role and leaves word that they are to be mailed; an earlier invitation stops counting. Answers the
 * companies that would lose the last who manages people: then nothing was done.
 */
export const invite = async (
  db: Db,
  staff: Staff,
  people: Invitee[],
  ip: string | null,
): Promise<string[]> => {
  const companies = [...new Set(people.map((person) => person.company_id))]
  if (companies.length === 0) return []
  await lockCompanies(db, companies)
  const orphaned = await keepingManagers(db, companies, () => write(db, staff, people))
  if (orphaned.length > 0) return orphaned
  for (const { id, name, role, company_id: company } of people)
    await recordAudit(db, staff, {
      action: 'contact.invited',
      company,
      object: { kind: 'contact', id },
      data: { name, role },
      ip,
    })
  return []
}
