import type { Logger } from 'pino'
import type { z } from 'zod'

/** What a handler knows of its own run. */
export type JobRun = {
  /** Of the job in the queue. */
  id: string
  /** 1 at first. */
  attempt: number
  /** No retry follows if this one throws. */
  last: boolean
  /** Aborts when the process is about to stop. */
  signal: AbortSignal
  log: Logger
}

export type Job<P> = { schema: z.ZodType<P>; perform(payload: P, run: JobRun): Promise<void> }

/**
 * A job from the shape of its payload and what it does. It runs at least once, so doing it twice must be the same as
 * once; what it throws is logged and tried again with growing pauses, twelve times in all over about 16 hours.
 */
export const job = <P>(
  schema: z.ZodType<P>,
  perform: (payload: P, run: JobRun) => Promise<void>,
): Job<P> => ({
  schema,
  perform,
})
