// Builds and serves; Node starts it again when a source file changes.
import { execFileSync } from 'node:child_process'

execFileSync(process.execPath, ['build.mjs', '--if-stale'], { stdio: 'inherit' })
await import('../dist/server.js')
