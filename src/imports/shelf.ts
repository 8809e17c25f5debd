import type { Written } from '#src/imports/columns.ts'

export type Kept = { id: string; source: string | null; external_id: string | null }

/**
 * The rows of a table that an import knows, found by the id that their source gave them or by other words. Rows change
 * in place; a word that a row no longer has does not find it.
 */
export class Shelf<T extends Kept> {
  readonly table: Written
  readonly #source: string
  readonly #words: (row: T) => string[]
  readonly #ids = new Map<string, T>()
  readonly #external = new Map<string, T>()
  readonly #found = new Map<string, T[]>()

  constructor(table: Written, source: string, words: (row: T) => string[]) {
    this.table = table
    this.#source = source
    this.#words = words
  }

  put(row: T): T {
    this.#ids.set(row.id, row)
    if (row.source === this.#source && row.external_id !== null) this.#external.set(row.external_id, row)
    for (const word of this.#words(row)) {
      const rows = this.#found.get(word)
      if (rows?.includes(row)) continue
      if (rows) rows.push(row)
      else this.#found.set(word, [row])
    }
    return row
  }

  /** Gives the row new values, and its new words. */
  change(row: T, values: Partial<T>) {
    if (row.external_id !== null && this.#external.get(row.external_id) === row)
      this.#external.delete(row.external_id)
    for (const word of this.#words(row))
      this.#found.set(
        word,
        this.all(word).filter((each) => each !== row),
      )
    Object.assign(row, values)
    this.put(row)
  }

  byId(id: string | undefined): T | undefined {
    return id === undefined ? undefined : this.#ids.get(id)
  }

  /** By the id that the source gave it. */
  external(id: string): T | undefined {
    return this.#external.get(id)
  }

  /** Every row that has the word. */
  all(word: string): T[] {
    return this.#found.get(word) ?? []
  }

  /** The row that has the word; undefined when none or several do. */
  only(word: string): T | undefined {
    const rows = this.all(word)
    return rows.length === 1 ? rows[0] : undefined
  }
}
