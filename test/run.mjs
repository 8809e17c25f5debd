// `npm test`: everything, from a fresh clone. `npm test -- src/tickets` runs only the test files that match.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.mjs'
import { findChromium } from './chromium.mjs'

const root = join(import.meta.dirname, '..')
const filters = process.argv.slice(2)
const failedChecks = filters.length > 0 ? [] : check()
const checks = filters.length > 0 ? 0 : 3

const chromium = await findChromium()
if (!chromium) console.log('SKIPPED browser tests: no Chromium is installed and none could be fetched')

const folder = mkdtempSync(join(tmpdir(), 'client-portal-report-'))
const report = join(folder, 'report.json')
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const args = [
  vitest,
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...filters,
]
const env = { ...process.env, CHROMIUM: chromium ?? '', NODE_ENV: 'test' }
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env })

/** The counts of the report; a run that left none has failed as a whole. */
const counts = () => {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
    return {
      passed: numPassedTests,
      failed: numFailedTests || (status === 0 ? 0 : Math.max(numFailedTestSuites, 1)),
    }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const { passed, failed } = counts()
rmSync(folder, { recursive: true, force: true })
const bad = failed + failedChecks.length
if (failedChecks.length > 0) console.log(`Failed checks: ${failedChecks.join(', ')}`)
console.log(`${passed + checks - failedChecks.length} passed, ${bad} failed`)
process.exit(bad === 0 && status === 0 ? 0 : 1)
