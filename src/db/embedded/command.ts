import { execFile } from 'node:child_process'
import type { Account } from './account.ts'

/** A fixed environment: the server must not inherit secrets of the app, nor PG* variables or a language. */
const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' }

/** Switches a child process to the account; the folder is one that every user may enter. */
export const runAs = (account: Account | undefined) => ({
  cwd: '/',
  env: serverEnvironment,
  ...(account && { uid: account.uid, gid: account.gid }),
})

/** Runs a command without a shell, as that account. Never throws: `ok` is false when it failed or could not start. */
export const run = (account: Account | undefined, file: string, args: string[]) =>
  new Promise<{ ok: boolean; output: string }>((resolve) => {
    execFile(file, args, runAs(account), (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim()
      resolve({ ok: error === null, output: output || (error?.message ?? '') })
    })
  })

/** The `code` of a system or PostgreSQL error: ENOENT, 57P03, … */
export const errorCode = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined
