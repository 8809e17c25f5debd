import { z } from 'zod'
import { connectDatabase } from '#src/db/open.ts'
import { readEnv } from '#src/env.ts'
import { beChild } from './child.ts'
import { PAGE_NAMES, PAGES } from './pages.ts'
import { inLoops } from './timing.ts'

const given = z.object({ database: z.string() })
const question = z.object({
  page: z.enum(PAGE_NAMES),
  visit: z.object({ session: z.string(), slug: z.string(), ticket: z.string() }),
  loops: z.number(),
  seconds: z.number(),
})

/** Runs the statements of a page in so many loops, as the roles of the app, without HTTP and HTML. */
export const sqlChild = () =>
  beChild(async (start) => {
    connectDatabase(given.parse(start).database, readEnv({}))
    return async (asked) => {
      const { page, visit, loops, seconds } = question.parse(asked)
      return inLoops(loops, seconds, () => PAGES[page].sql(visit))
    }
  })
