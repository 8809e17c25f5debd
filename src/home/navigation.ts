import type { Db } from '#src/db/scope.ts'
import { can, type Viewer } from '#src/viewer.ts'

/** The numbers beside the areas in the sidebar and the tab bar. */
export type Navigation = { ticketsWaiting: number }

/** Counts what waits for this person, with her own scope. */
export const navigation = async (db: Db, viewer: Viewer): Promise<Navigation> => {
  if (!can(viewer, 'tickets:view')) return { ticketsWaiting: 0 }
  const row = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('status', '=', 'waiting_client')
    .where((eb) => eb(eb.val(viewer.contactId), '=', eb.fn.any('visible_to')))
    .executeTakeFirst()
  return { ticketsWaiting: row?.waiting ?? 0 }
}
