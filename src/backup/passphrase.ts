import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { BackupProblem } from '#src/backup/problem.ts'

const SHORTEST = 12

/** Asks on the terminal without showing what is typed. */
const ask = async (question: string): Promise<string> => {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const stopped = Promise.withResolvers<never>()
  terminal.once('SIGINT', () => stopped.reject(new BackupProblem('usage', 'Stopped.')))
  terminal.once('close', () => stopped.reject(new BackupProblem('usage', 'Stopped.')))
  process.stderr.write(question)
  try {
    return await Promise.race([terminal.question(''), stopped.promise])
  } finally {
    stopped.promise.catch(() => {})
    terminal.close()
    process.stderr.write('\n')
  }
}

/** The passphrase that was given, else the one typed; twice when it is new. Throws BackupProblem. */
export const passphraseFrom = async (given: string | undefined, isNew: boolean): Promise<string> => {
  if (!given && !process.stdin.isTTY)
    throw new BackupProblem('usage', 'Set BACKUP_PASSPHRASE, or start this on a terminal to be asked for it.')
  const passphrase = given || (await ask('Passphrase: '))
  if (isNew && passphrase.length < SHORTEST)
    throw new BackupProblem(
      'usage',
      `The passphrase must have at least ${SHORTEST} characters. Without it the backup is lost: keep it elsewhere.`,
    )
  if (isNew && !given && (await ask('Once more: ')) !== passphrase)
    throw new BackupProblem('usage', 'These are two different passphrases.')
  return passphrase
}
