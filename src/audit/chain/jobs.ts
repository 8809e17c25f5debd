import { z } from 'zod'
import { extendChains, heads } from '#src/audit/chain/extend.ts'
import { asSystem } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { job } from '#src/jobs/job.ts'

const SOON = 5_000

/** `audit:seal`: each minute, and every few seconds while people are at work. */
export const sealAudit = job(z.object({}), async () => {
  const sealed = await extendChains()
  if (sealed === 0) return
  await asSystem('audit: seal again', (db) =>
    enqueue(db, 'audit:seal', {}, { key: 'audit:seal', runAt: new Date(Date.now() + SOON) }),
  )
})

/** `audit:heads`: nightly; seals what was left out, and writes where each chain ends into the log. */
export const tellHeads = job(z.object({}), async (_, run) => {
  await extendChains(true)
  for (const head of await heads()) run.log.info(head, 'audit head')
})
