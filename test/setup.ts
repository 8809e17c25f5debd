import { log } from '#src/log.ts'

log.level = process.env.LOG_LEVEL ?? 'silent'
