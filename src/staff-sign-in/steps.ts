import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Json } from '#src/db/schema.gen.ts'
import { asSystem, type Db } from '#src/db/scope.ts'
import { keyed, openToken, sealToken } from '#src/secret.ts'

export type StepKind = 'second-factor' | 'invitation' | 'reset'
export type Step = {
  id: string
  tenantId: string
  staffId: string
  name: string
  email: string
  data: unknown
}

/** How long a step may wait, in minutes. */
export const STEP_MINUTES = { 'second-factor': 10, invitation: 72 * 60, reset: 30 }
const TRIES = 5

/** A step's secret, worked out from its id: a mail that goes out twice says the same, and only hashes are stored. */
export const stepToken = (tenantId: string, id: string): string =>
  sealToken(tenantId, keyed('staff step', id))

/** Begins a step and answers its id. Earlier ones of its kind and person stop working. */
export const startStep = async (
  db: Db,
  kind: StepKind,
  staffId: string | null,
  data: { [key: string]: Json } = {},
): Promise<string> => {
  const id = uuidv7()
  const opened = openToken(stepToken(db.tenant, id))
  if (!opened) throw new Error('a token of ours must open')
  // two browsers of one person may be between password and code at the same time
  if (staffId && kind !== 'second-factor') await voidSteps(db, staffId, [kind])
  await db
    .insertInto('staff_step')
    .values({
      id,
      kind,
      staff_id: staffId,
      token_hash: opened.hash,
      data: JSON.stringify(data),
      expires_at: sql<Date>`now() + make_interval(mins => ${STEP_MINUTES[kind]}::int)`,
    })
    .execute()
  return id
}

/** Nothing of these kinds that was begun for her goes on. */
export const voidSteps = (db: Db, staffId: string, kinds: StepKind[]) =>
  db
    .updateTable('staff_step')
    .set({ used_at: sql<Date>`now()` })
    .where('staff_id', '=', staffId)
    .where('kind', 'in', kinds)
    .where('used_at', 'is', null)
    .execute()

const open = (db: Db, kind: StepKind) =>
  db
    .selectFrom('staff_step as s')
    .innerJoin('staff_member as m', (on) =>
      on.onRef('m.tenant_id', '=', 's.tenant_id').onRef('m.id', '=', 's.staff_id'),
    )
    .innerJoin('tenant as t', 't.tenant_id', 's.tenant_id')
    .select(['s.id', 's.tenant_id as tenantId', 'm.id as staffId', 'm.name', 'm.email', 's.data'])
    .where('s.kind', '=', kind)
    .where('s.used_at', 'is', null)
    .where('s.expires_at', '>', sql<Date>`now()`)
    .where('s.wrong_tries', '<', TRIES)
    .where('m.disabled_at', 'is', null)
    .where('t.suspended_at', 'is', null)

/** The step that a token opens, as long as it is one. */
export const readStep = async (kind: StepKind, token: string | undefined): Promise<Step | undefined> => {
  const opened = token ? openToken(token) : undefined
  if (!opened) return undefined
  const row = await asSystem(
    'staff: read a step',
    (db) => open(db, kind).where('s.token_hash', '=', opened.hash).executeTakeFirst(),
    opened.tenantId,
  )
  return row && { ...row, email: row.email ?? '' }
}

/** Takes one try, before anything is compared, so that parallel guesses can't share one. Undefined: there is none left. */
export const takeTry = async (db: Db, id: string): Promise<number | undefined> => {
  const taken = await db
    .updateTable('staff_step')
    .set((eb) => ({ wrong_tries: eb('wrong_tries', '+', 1) }))
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('wrong_tries', '<', TRIES)
    .returning('wrong_tries')
    .executeTakeFirst()
  return taken && TRIES - taken.wrong_tries
}

/** Uses a step up. False: somebody was faster. */
export const finishStep = async (db: Db, id: string): Promise<boolean> => {
  const used = await db
    .updateTable('staff_step')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

/** What a step remembers in `data`. */
export const keepInStep = (db: Db, id: string, data: { [key: string]: Json }) =>
  db
    .updateTable('staff_step')
    .set({ data: JSON.stringify(data) })
    .where('id', '=', id)
    .execute()
