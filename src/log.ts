import { pino } from 'pino'

/** JSON lines. Whatever is logged, fields with these names never show their value. */
const secret = ['password', 'token', 'code', 'cookie', 'authorization', 'secret', 'csrf']

export const log = pino({
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    // what PostgreSQL adds to an error quotes the row
    paths: [...secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), 'err.detail', 'err.where'],
    censor: '[kept]',
  },
})

export const setLogLevel = (level: string) => {
  log.level = level
}
