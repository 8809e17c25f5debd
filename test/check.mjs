// Types, taste, who may import whom, dead code. Each prints its own findings; all run, then the count decides.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')

const steps = [
  ['types', 'tsc', ['--noEmit', '-p', '.']],
  ['format, lint, boundaries', 'biome', ['ci', '--error-on-warnings', '--colors=off', '.']],
  ['dead code', 'knip', ['--no-progress']],
]

/** Runs every check; answers the names of those that failed. */
export const check = () =>
  steps.flatMap(([name, command, args]) => {
    const started = Date.now()
    const { status } = spawnSync(join(bin, command), args, { cwd: root, stdio: 'inherit' })
    console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    return status === 0 ? [] : [name]
  })

if (process.argv[1] === import.meta.filename) process.exit(check().length === 0 ? 0 : 1)
