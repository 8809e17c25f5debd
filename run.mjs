// The one entry of every npm script. Runs on any Node ≥ 20: installs and builds what is missing, then hands over to the
// project's own Node: `start`, `demo`, `dev`, `test`, `check`, or a command of src/cli/.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const here = import.meta.dirname
const bin = join(here, 'node_modules', '.bin')
const node = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node')
const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }

const run = (command, args) => {
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: 'inherit', env: environment })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(status ?? 1)
}

/** Hands over: the command has our terminal, gets our signals, and its exit code is ours. */
const become = (args, extra = {}) => {
  const child = spawn(node, args, { cwd: here, stdio: 'inherit', env: { ...environment, ...extra } })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

const installed = () => existsSync(node) && existsSync(join(here, 'node_modules', '.package-lock.json'))

const install = () => {
  if (installed()) return
  console.log('Installing packages (once)…')
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'])
}

const build = () => run(node, ['build.mjs', '--if-stale'])

// V8's nursery grows to three times 16 MB under a crowd and stays: with 500 open streams 250 MB instead of 160
const server = ['--max-semi-space-size=8', 'dist/server.js']

const [command = 'start', ...args] = process.argv.slice(2)
const commands = {
  start: () =>
    become([...server, ...args], { MODE: process.env.MODE ?? 'production', NODE_ENV: 'production' }),
  demo: () => become([...server, ...args], { MODE: 'demo', DATA_DIR: process.env.DATA_DIR ?? 'data/demo' }),
  dev: () => become(['--watch-path=src', '--watch-path=db', 'scripts/dev.mjs'], { MODE: 'development' }),
  test: () => become(['test/run.mjs', ...args]),
  check: () => become(['test/check.mjs', ...args]),
}

install()
build()
const script = join('dist', `${command}.js`)
if (commands[command]) commands[command]()
else if (existsSync(join(here, script))) become([script, ...args])
else {
  console.error(`There is no command "${command}". See the README.`)
  process.exit(2)
}
