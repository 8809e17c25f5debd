import { BadEnvironment } from '#src/env.ts'
import { log } from '#src/log.ts'

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** What an operator is told when the program can't start: a sentence for what is known, the whole story for a bug. */
const sentence = (error: unknown): string | undefined => {
  if (error instanceof BadEnvironment) return error.message
  const code = codeOf(error)
  const { address = '', port = '' } = error as { address?: string; port?: number }
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${address} is taken by another program. Set PORT, or stop that one.`
  if (code === 'EACCES')
    return `Port ${port} on ${address} may not be used by this user. Set PORT to 1024 or higher.`
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT')
    return `The database can't be reached (${code} ${address}${port && `:${port}`}). Check DATABASE_URL.`
  if (code === '28P01' || code === '28000')
    return `The database refused the user or password of DATABASE_URL (${code}).`
  if (code === '3D000') return 'The database that DATABASE_URL names does not exist.'
  if (error instanceof Error && /PostgreSQL/.test(error.message)) return error.message
  return undefined
}

/** Ends a command that can't go on: exit code 1, and one clear answer on standard error. */
export const fatal = (error: unknown): never => {
  const text = sentence(error)
  if (text) process.stderr.write(`${text}\n`)
  else log.fatal({ err: error }, 'could not go on')
  process.exit(1)
}
