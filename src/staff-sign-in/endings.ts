import { sql } from 'kysely'
import { asSystem, type Db } from '#src/db/scope.ts'
import { recordStaffSignIn } from '#src/staff-sign-in/audit.ts'
import type { Staff } from '#src/viewer.ts'

/** Ends all sessions of somebody, or all but one. Answers how many. `db` is the system's, with her tenant. */
export const endAllSessions = async (db: Db, staffId: string, except?: string): Promise<number> => {
  const ended = await db
    .updateTable('staff_session')
    .set({ ended_at: sql<Date>`now()` })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
    .returning('id')
    .execute()
  return ended.length
}

/** Ends one of her own sessions. False: it isn't there, not hers, or over already. */
export const endStaffSession = (
  staff: Staff,
  id: string,
  action: 'signed-out' | 'session-ended',
  ip: string,
): Promise<boolean> =>
  asSystem(
    'staff: end a session',
    async (db) => {
      const ended = await db
        .updateTable('staff_session')
        .set({ ended_at: sql<Date>`now()` })
        .where('id', '=', id)
        .where('staff_id', '=', staff.staffId)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (!ended) return false
      await recordStaffSignIn(db, { action, staff: { id: staff.staffId, name: staff.name }, ip })
      return true
    },
    staff.tenantId,
  )

/** Ends all of her sessions but this one, and says so. */
export const endOtherSessions = (staff: Staff, ip: string): Promise<number> =>
  asSystem(
    'staff: end sessions',
    async (db) => {
      const sessions = await endAllSessions(db, staff.staffId, staff.sessionId)
      const who = { id: staff.staffId, name: staff.name }
      if (sessions > 0)
        await recordStaffSignIn(db, { action: 'session-ended', staff: who, ip, data: { sessions } })
      return sessions
    },
    staff.tenantId,
  )
