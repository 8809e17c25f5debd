import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'

/**
 * Ticket numbers for what an import adds. The counter is locked from the first number on, so tickets that people open
 * in the portal wait until the import is over: big ones belong into quiet hours.
 */
export class Numbers {
  readonly #db: Db
  /** The highest number that the files name: what gets the next number must not take one of theirs. */
  readonly #highest: number
  #taken: Set<number> | undefined
  #last = 0

  constructor(db: Db, highest: number) {
    this.#db = db
    this.#highest = highest
  }

  async #open() {
    await this.#db
      .insertInto('counter')
      .values({ name: 'ticket', value: 0 })
      .onConflict((c) => c.doNothing())
      .execute()
    const counter = this.#db.selectFrom('counter').select('value').where('name', '=', 'ticket').forUpdate()
    const { value } = await counter.executeTakeFirstOrThrow()
    const rows = await this.#db.selectFrom('ticket').select('number').execute()
    this.#taken = new Set(rows.map((row) => row.number))
    this.#last = rows.reduce((highest, row) => Math.max(highest, row.number), Math.max(value, this.#highest))
    return this.#taken
  }

  /** The number asked for when it is free, else the next one. */
  async take(wanted: number | undefined): Promise<number> {
    const taken = this.#taken ?? (await this.#open())
    const number = wanted !== undefined && wanted > 0 && !taken.has(wanted) ? wanted : ++this.#last
    taken.add(number)
    return number
  }

  /** Leaves the counter where the portal goes on counting. */
  async close() {
    if (!this.#taken) return
    await this.#db
      .updateTable('counter')
      .set({ value: sql<number>`greatest(value, ${this.#last}::bigint)` })
      .where('name', '=', 'ticket')
      .execute()
  }
}
