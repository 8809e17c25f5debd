import { resolve } from 'node:path'
import type { Say } from '#src/backup/backup.ts'
import { passphraseFrom } from '#src/backup/passphrase.ts'
import { BackupProblem } from '#src/backup/problem.ts'
import { BadEnvironment, type Env, readEnv } from '#src/env.ts'
import { fatal } from '#src/operate/fatal.ts'

type Work = (env: Env, path: string, passphrase: string, say: Say) => Promise<void>

type Command = { usage: string; work: Work; isNew: boolean }

/** No such file, no right, no space: what the system says about a path is a sentence already. */
const isAboutFile = (error: unknown): error is Error =>
  error instanceof Error &&
  'syscall' in error &&
  ('path' in error || ('code' in error && error.code === 'ENOSPC'))

/** Runs one of the two commands with its words; answers the exit code. */
export const backupCommand = async (
  { usage, work, isNew }: Command,
  words: string[],
  given: string | undefined,
): Promise<number> => {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const complain = (line: string) => void process.stderr.write(`${line}\n`)
  const [path, ...rest] = words
  try {
    if (!path || path.startsWith('-') || rest.length > 0) throw new BackupProblem('usage', usage)
    const env = readEnv()
    await work(env, resolve(path), await passphraseFrom(given, isNew), say)
    return 0
  } catch (error) {
    if (error instanceof BackupProblem) {
      complain(error.message)
      return error.exitCode
    }
    if (error instanceof BadEnvironment) {
      complain(error.message)
      return 2
    }
    if (isAboutFile(error)) {
      complain(error.message)
      return 1
    }
    return fatal(error)
  }
}
