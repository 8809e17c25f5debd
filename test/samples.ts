import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'

/** Real data of other systems, which stays outside the project. */
const folder = join(process.env.SAMPLES_DIR ?? '../shared/samples', 'csv')

export const sample = (name: string) => join(folder, name)

/** Like describe, but skipped, and said so, where the samples are missing. */
export const describeWithSamples = (title: string, tests: () => void) => {
  const there = existsSync(folder)
  if (!there) process.stderr.write(`\nSKIPPED: ${title}: there is no ${folder} (set SAMPLES_DIR)\n`)
  describe.skipIf(!there)(title, tests)
}
