import { sql } from 'kysely'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { type FileInStore, store } from '#src/files/store.ts'
import { job } from '#src/jobs/job.ts'

const DAY = 24 * 60 * 60 * 1000
const PAGE = 500

const withoutRow = async (tenantId: string, files: FileInStore[]) => {
  const ids = files.map((file) => file.id)
  const rows = await asSystem(
    'files without a row',
    (db) => db.selectFrom('attachment').select('id').where(sql<boolean>`id = any(${ids})`).execute(),
    tenantId,
  )
  const kept = new Set(rows.map((row) => row.id))
  return files.filter((file) => !kept.has(file.id))
}

const removeOrphans = async (files: FileInStore[]) => {
  let removed = 0
  for (const [tenantId, own] of Map.groupBy(files, (file) => file.tenantId))
    for (const { id } of await withoutRow(tenantId, own)) {
      await store.remove(tenantId, id)
      removed += 1
    }
  return removed
}

/**
 * Removes files that no row shows: a file is stored before its row, so a request that broke off leaves one behind.
 * Only what is older than a day, because the row may still be on its way. Answers how many went.
 */
export const sweepOrphans = async (now = Date.now()): Promise<number> => {
  const before = new Date(now - DAY)
  let removed = 0
  let page: FileInStore[] = []
  for await (const file of store.list()) {
    if (file.storedAt < before) page.push(file)
    if (page.length < PAGE) continue
    removed += await removeOrphans(page)
    page = []
  }
  await store.removeUnfinished(before)
  return removed + (await removeOrphans(page))
}

export const sweepFiles = job(z.object({}), async (_payload, { log }) => {
  log.info({ removed: await sweepOrphans() }, 'files without a row removed')
})
