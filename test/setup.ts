import { afterAll } from 'vitest'
import { log } from '#src/log.ts'
import { endAll } from '#test/at-end.ts'

log.level = process.env.LOG_LEVEL ?? 'silent'

afterAll(endAll)
