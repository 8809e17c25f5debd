import { z } from 'zod'
import { endExpired } from '#src/impersonation/trail.ts'
import { job } from '#src/jobs/job.ts'

/** A preview that nobody stopped and nobody came back to has an end in the audit log as well. */
export const endPreviews = job(z.looseObject({}), async () => {
  await endExpired()
})
