import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import type { Colleague } from '#src/people/colleagues.ts'
import { emailKey } from '#src/sign-in/address.ts'
import type { Viewer } from '#src/viewer.ts'

/** Invites somebody whom the company has already; an earlier invitation stops counting. */
export const inviteAgain = async (
  db: Db,
  viewer: Viewer,
  person: Colleague,
  role: Newcomer['role'],
  ip: string,
) => {
  const invitation = uuidv7()
  await db
    .updateTable('contact')
    .set({ role_id: role.id, invited_at: sql<Date>`now()`, invitation_id: invitation })
    .where('id', '=', person.id)
    .execute()
  await announce(db, viewer, { id: person.id, name: person.name, role, invitation, ip })
}

type Invited = { id: string; name: string; role: Newcomer['role']; invitation: string; ip: string }

const announce = async (db: Db, viewer: Viewer, { id, name, role, invitation, ip }: Invited) => {
  await enqueue(db, 'people:invite', { tenant: viewer.tenantId, invitations: [invitation] })
  await recordAudit(db, viewer, {
    action: 'contact.invited',
    object: { kind: 'contact', id },
    data: { name, role: role.name },
    ip,
  })
}

type Newcomer = { name: string; email: string; title: string; role: { id: string; name: string } }

/** A new colleague with her role; the invitation goes out by mail. Answers her id, undefined when the address was just taken. */
export const inviteColleague = async (db: Db, viewer: Viewer, who: Newcomer, ip: string) => {
  const [id, invitation] = [uuidv7(), uuidv7()]
  const made = await db
    .insertInto('contact')
    .values({
      id,
      name: who.name,
      email: who.email,
      email_key: emailKey(who.email),
      title: who.title || null,
      role_id: who.role.id,
      invited_at: sql<Date>`now()`,
      invitation_id: invitation,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  await announce(db, viewer, { id, name: who.name, role: who.role, invitation, ip })
  return id
}
