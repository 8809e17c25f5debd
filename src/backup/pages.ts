import type { Client } from 'pg'

// few enough that even the longest messages fit into memory
const PAGE = 200

/** The rows of a statement that selects one text column, page by page. The transaction keeps its cursor. */
export async function* pages(client: Client, statement: string): AsyncGenerator<string[]> {
  await client.query(`declare backup no scroll cursor for ${statement}`)
  for (;;) {
    const { rows } = await client.query<{ json: string }>(`fetch ${PAGE} from backup`)
    if (rows.length > 0) yield rows.map((row) => row.json)
    if (rows.length < PAGE) break
  }
  await client.query('close backup')
}
