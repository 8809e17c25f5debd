// A browser for the tests: the system's Chromium, else the distribution's package, else Playwright's own.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]
const installed = () => process.env.CHROMIUM ?? places.find((path) => existsSync(path))

const fromDebian = () => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log('Installing Chromium (once)…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: 'ignore',
    env,
  })
}

const fromPlaywright = async () => {
  const { chromium } = await import('playwright-core')
  if (!existsSync(chromium.executablePath())) {
    const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '..', 'cli.js')
    spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' })
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined
}

/** The path of a browser, or undefined when none is to be had. */
export const findChromium = async () => {
  if (!installed()) fromDebian()
  return installed() ?? (await fromPlaywright().catch(() => undefined))
}
