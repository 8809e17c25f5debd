import { inject } from 'vitest'
import { UNCHANGED_BUT } from '#test/doors/reading.ts'
import { type Snapshot, snapshot } from '#test/doors/snapshot.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** A row without what differs between two equal deeds: new ids, hashes, times, numbers that count on. */
const alike = (row: string, known: Set<string>) =>
  row
    .replace(UUID, (id) => (known.has(id) ? id : '<new>'))
    .replace(/\\\\x[0-9a-f]+/g, '<bytes>')
    .replace(/20[2-9]\d-\d{2}-\d{2}T[\d:.+]+/g, '<time>')
    .replace(/"xid": "\d+"/g, '"xid": <count>')
    .replace(/"(id|value|number)": \d{1,7}\b/g, '"$1": <count>')

const difference = (before: Snapshot, after: Snapshot, known: Set<string>) => {
  const lines: string[] = []
  for (const [table, rows] of after) {
    const [old, now] = [new Set(before.get(table)), new Set(rows)]
    for (const row of now) if (!old.has(row)) lines.push(`${table} + ${alike(row, known)}`)
    for (const row of old) if (!now.has(row)) lines.push(`${table} - ${alike(row, known)}`)
  }
  return lines.sort()
}

/** What a deed did to the database, row by row; ids that aren't `known` count as new. */
export const effectOf = async (known: string[], deed: () => Promise<unknown>): Promise<string[]> => {
  const { admin } = inject('database')
  const without = [...UNCHANGED_BUT, 'graphile_worker._private_tasks']
  const before = await snapshot(admin, without)
  await deed()
  return difference(before, await snapshot(admin, without), new Set(known))
}
