import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Installs a Debian package for a test when that is possible; false, and a line that says so, when it is not. */
export const hasDebian = (name: string, program: string): boolean => {
  if (existsSync(program)) return true
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'ignore', env })
  }
  if (!existsSync(program)) process.stdout.write(`SKIPPED: ${name} is not installed (${program})\n`)
  return existsSync(program)
}
