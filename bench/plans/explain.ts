import { CompiledQuery, sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import type { Statement } from './statements.ts'

type Node = {
  'Node Type': string
  'Relation Name'?: string | undefined
  Plans?: Node[] | undefined
}

const node: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    Plans: z.array(node).optional(),
  }),
)
const answer = z.array(
  z.object({
    'Execution Time': z.number(),
    Plan: z.looseObject({ 'Shared Hit Blocks': z.number() }).and(node),
  }),
)

/** How a statement was carried out: milliseconds, 8 KB blocks that it looked at, and the whole story. */
export type Plan = { ms: number; blocks: number; scanned: string[]; story: unknown }

const scannedBy = (plan: Node): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] ? [plan['Relation Name']] : []),
  ...(plan.Plans ?? []).flatMap(scannedBy),
]

const planOf = (rows: unknown[]): Plan => {
  const story = z.object({ 'QUERY PLAN': z.unknown() }).parse(rows[0])['QUERY PLAN']
  const [one] = answer.parse(story)
  if (!one) throw new Error('explain answered nothing')
  const { Plan } = one
  return { ms: one['Execution Time'], blocks: Plan['Shared Hit Blocks'], scanned: scannedBy(Plan), story }
}

const EXPLAIN = 'explain (analyze, buffers, format json)'

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return `'${value.toISOString()}'`
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (Array.isArray(value)) return `'{${value.join(',')}}'`
  return `'${String(value).replaceAll("'", "''")}'`
}

/** With a plan made for these values, as the first executions of a prepared statement have it. */
const forValues = async (db: Db, { text, values }: Statement) =>
  planOf((await db.executeQuery(CompiledQuery.raw(`${EXPLAIN} ${text}`, [...values]))).rows)

let prepared = 0

/** With the plan for any values, which PostgreSQL may take from the sixth execution on. */
const forAny = async (db: Db, { text, values }: Statement) => {
  const name = `explained_${++prepared}`
  await sql`set local plan_cache_mode = force_generic_plan`.execute(db)
  await sql.raw(`prepare ${name} as ${text}`).execute(db)
  const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : ''
  return planOf((await sql.raw(`${EXPLAIN} execute ${name}${given}`).execute(db)).rows)
}

const TOO_SLOW = '57014'
const isTooSlow = (error: unknown) => error instanceof Error && 'code' in error && error.code === TOO_SLOW

/** Undefined when it took longer than five seconds. What it wrote is undone then, or when `undo` is asked for. */
const attempt = async (db: Db, undo: boolean, work: () => Promise<Plan>): Promise<Plan | undefined> => {
  await sql`savepoint attempt`.execute(db)
  await sql`set local statement_timeout = '5s'`.execute(db)
  try {
    const plan = await work()
    await (undo ? sql`rollback to attempt` : sql`release attempt`).execute(db)
    return plan
  } catch (error) {
    if (!isTooSlow(error)) throw error
    await sql`rollback to attempt`.execute(db)
    return undefined
  }
}

/** Both plans that a prepared statement may get. What it writes is there afterwards, for the statements that follow. */
export const explain = async (db: Db, statement: Statement) => {
  const generic = await attempt(db, true, () => forAny(db, statement))
  const custom = await attempt(db, false, () => forValues(db, statement))
  return { generic, custom }
}
