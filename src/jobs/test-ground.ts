import { EventEmitter, on } from 'node:events'
import { pino } from 'pino'
import type { JobRun } from '#src/jobs/job.ts'

export type LogLine = Record<string, unknown> & { msg: string; level: number }

/** A logger whose lines can be waited for. */
export const listeningLog = () => {
  const lines: LogLine[] = []
  const written = new EventEmitter()
  written.setMaxListeners(100)
  const logger = pino(
    { level: 'info' },
    {
      write: (text: string) => {
        lines.push(JSON.parse(text))
        written.emit('line')
      },
    },
  )
  /** The first line that fits, written before or after this call. */
  const line = async (fits: (line: LogLine) => boolean): Promise<LogLine> => {
    const events = on(written, 'line')
    const there = lines.find(fits)
    if (there) return there
    for await (const _ of events) {
      const found = lines.find(fits)
      if (found) return found
    }
    throw new Error('the log ended')
  }
  return { logger, lines, line }
}

/** A run as the worker would make it. */
export const aRun = (log: JobRun['log'], given: Partial<JobRun> = {}): JobRun => ({
  id: '1',
  attempt: 1,
  last: false,
  signal: new AbortController().signal,
  log,
  ...given,
})
