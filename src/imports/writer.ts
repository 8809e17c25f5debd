import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import { changeTickets } from '#src/imports/change-tickets.ts'
import { COLUMNS, WRITTEN, type Written } from '#src/imports/columns.ts'

const BATCH = 500
const UNCHANGING = new Set(['id', 'created_at'])

const list = (columns: readonly string[], of?: string) =>
  sql.join(columns.map((column) => sql.ref(of ? `${of}.${column}` : column)))

/** The rows as one JSON parameter, so that each table has one statement whatever the number of rows. */
const given = (table: Written, rows: object[]) =>
  sql`json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json) as r`

const insert = (db: Db, table: Written, rows: object[]) =>
  sql`insert into ${sql.table(table)} (tenant_id, ${list(COLUMNS[table])})
    select ${db.tenant}::uuid, ${list(COLUMNS[table], 'r')} from ${given(table, rows)}`.execute(db)

const update = (db: Db, table: Written, rows: object[]) => {
  const columns = COLUMNS[table].filter((column) => !UNCHANGING.has(column))
  const set = sql.join(columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`r.${column}`)}`))
  return sql`update ${sql.table(table)} as t set ${set} from ${given(table, rows)}
    where t.tenant_id = ${db.tenant} and t.id = r.id`.execute(db)
}

/** Addresses may change hands within a batch, and the unique index looks at each row by itself. */
const letGoOfAddresses = (db: Db, table: 'contact' | 'staff_member', rows: object[]) =>
  sql`update ${sql.table(table)} as t set email_key = null from ${given(table, rows)}
    where t.tenant_id = ${db.tenant} and t.id = r.id and t.email_key is distinct from r.email_key`.execute(db)

/** A file is seen where its message is, and by nobody else. */
const moveFiles = (db: Db, rows: object[]) =>
  sql`update attachment as t set internal = r.internal, ticket_id = r.ticket_id, company_id = r.company_id,
      confidential = r.confidential, visible_to = r.visible_to from ${given('ticket_message', rows)}
    where t.tenant_id = ${db.tenant} and t.message_id = r.id`.execute(db)

const change = async (db: Db, table: Written, rows: object[]) => {
  if (table === 'contact' || table === 'staff_member') await letGoOfAddresses(db, table, rows)
  if (table === 'ticket') await changeTickets(db, rows)
  else await update(db, table, rows)
  if (table === 'ticket_message') await moveFiles(db, rows)
}

type Queue = { added: Map<string, object>; changed: Map<string, object> }

/** Collects rows and writes them in batches, in the order that foreign keys ask for. */
export class Writer {
  /** Nothing will be committed: rows are only counted from here on. */
  stopped = false
  readonly #db: Db
  readonly #queues = new Map<Written, Queue>(
    WRITTEN.map((table) => [table, { added: new Map(), changed: new Map() }]),
  )
  #waiting = 0
  #written = 0
  #replanAt = 1_000

  constructor(db: Db) {
    this.#db = db
  }

  #queue(table: Written): Queue {
    const queue = this.#queues.get(table)
    if (!queue) throw new Error(`nothing is written to ${table}`)
    return queue
  }

  /** A row of the columns of COLUMNS[table]; the key is its id, or what else tells it from the others. */
  add(table: Written, key: string, row: object) {
    this.#queue(table).added.set(key, row)
    this.#waiting += 1
  }

  /** The whole row, as it should be. */
  change(table: Written, id: string, row: object) {
    const { added, changed } = this.#queue(table)
    const queue = added.has(id) ? added : changed
    queue.set(id, row)
    this.#waiting += 1
  }

  /** Writes when there is enough for a batch. */
  async settle() {
    if (this.#waiting >= BATCH) await this.flush()
  }

  /**
   * A plan is made for the table as it is, and kept. Foreign keys are checked by plans, too: one that was made for an
   * almost empty table reads more and more of it for each row. So plans are made anew whenever the rows have doubled.
   */
  async #replan() {
    if (this.#written < this.#replanAt) return
    this.#replanAt = this.#written * 2
    await sql`discard plans`.execute(this.#db)
  }

  /** Writes everything that waits. */
  async flush() {
    this.#written += this.#waiting
    this.#waiting = 0
    await this.#replan()
    for (const [table, { added, changed }] of this.#queues) {
      if (!this.stopped && changed.size > 0) await change(this.#db, table, [...changed.values()])
      if (!this.stopped && added.size > 0) await insert(this.#db, table, [...added.values()])
      changed.clear()
      added.clear()
    }
  }
}
