import pg from 'pg'
import { TENANT_TABLES } from '#src/db/schema.gen.ts'
import { begin } from '#src/db/scope.ts'
import { findCast } from './cast.ts'
import { openBenchDatabase } from './database.ts'
import { explain, explainGeneric, type Plan } from './plans/explain.ts'
import { type Scene, type Statement, scenes, statementsOf } from './plans/statements.ts'
import { FULL, SMALL } from './sample/sizes.ts'

const MANY = 1_000

/** Tables of tenants that nobody should read from one end to the other. */
const largeTables = async (ownerUrl: string): Promise<Set<string>> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples > $1`,
    [MANY],
  )
  await client.end()
  return new Set(rows.map(({ relname }) => relname).filter((name) => TENANT_TABLES.has(name)))
}

const asLine = (plan: Plan, generic: Plan, { text }: Statement) => {
  const numbers = [plan.ms, generic.ms].map((ms) => ms.toFixed(2).padStart(8)).join(' ')
  return `${numbers} ${String(plan.blocks).padStart(7)}  ${text.replace(/\s+/g, ' ').replaceAll('"', '').slice(0, 90)}`
}

/** Explains what a scene sends and hasn't been seen yet; answers how many plans read a large table as a whole. */
const explainScene = async (scene: Scene, large: Set<string>, seen: Set<string>): Promise<number> => {
  const { db, rollback } = await begin(scene.viewer, 'write')
  let bad = 0
  console.log(`\n${scene.name}`)
  for (const statement of await statementsOf(scene)) {
    const key = JSON.stringify([scene.viewer.contactId, statement])
    const generic = await explainGeneric(db, statement)
    const plan = await explain(db, statement)
    if (seen.has(key)) continue
    seen.add(key)
    console.log(asLine(plan, generic, statement))
    for (const one of [plan, generic]) {
      const scanned = one.scanned.filter((table) => large.has(table))
      if (scanned.length === 0) continue
      bad++
      console.log(
        `SEQUENTIAL SCAN of ${scanned.join(', ')}\n${statement.text}\n${JSON.stringify(one.story, null, 1)}`,
      )
    }
  }
  await rollback()
  return bad
}

/** `npm run bench -- plans`: answers the exit code, 1 when any plan reads a large table from one end to the other. */
export const runPlans = async (quick: boolean): Promise<number> => {
  const database = await openBenchDatabase(quick ? SMALL : FULL)
  try {
    const large = await largeTables(database.urls.owner)
    const seen = new Set<string>()
    let bad = 0
    console.log(`${'ms'.padStart(8)} ${'generic'.padStart(8)} ${'blocks'.padStart(7)}  statement`)
    for (const scene of scenes(await findCast(database.urls.owner)))
      bad += await explainScene(scene, large, seen)
    console.log(`\n${seen.size} statements, ${bad} plans with a sequential scan of more than ${MANY} rows`)
    return bad === 0 ? 0 : 1
  } finally {
    await database.close()
  }
}
