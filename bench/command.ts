import { parseArgs } from 'node:util'
import { setLogLevel } from '#src/log.ts'
import { constantChild } from './constant.ts'
import { runLighthouse } from './lighthouse-pages.ts'
import { measureLive } from './live.ts'
import { loadChild } from './load.ts'
import { PAGE_NAMES } from './pages.ts'
import { runPlans } from './plans.ts'
import { run } from './run.ts'
import { measureSignIn } from './sign-in.ts'
import { sqlChild } from './sql.ts'

const USAGE = `npm run bench                     measures the pages
npm run bench -- --json           … and prints them as JSON on the last line
npm run bench -- --page ticketList    one page only (${PAGE_NAMES.join(', ')}); may be repeated
npm run bench -- --two            with two processes
npm run bench -- --quick          with little data and little patience
npm run bench -- --profile FOLDER     leaves a CPU profile of the app there
npm run bench -- plans            explains every statement of the pages
npm run bench -- lighthouse       scores sign-in, home, list and ticket
npm run bench -- live             how soon 500 open streams hear of a reply
npm run bench -- sign-in          compares the answers to known and unknown addresses`

const children: Record<string, () => void> = { load: loadChild, sql: sqlChild, constant: constantChild }

const parse = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      two: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      page: { type: 'string', multiple: true },
      profile: { type: 'string' },
      child: { type: 'string' },
    },
  })

/** `npm run bench`: answers the exit code. */
export const bench = async (args: string[]): Promise<number> => {
  const { values, positionals } = parse(args)
  setLogLevel('warn')
  const child = values.child && children[values.child]
  if (child) {
    child()
    return 0
  }
  const [what] = positionals
  if (what === 'plans') return runPlans(values.quick)
  if (what === 'lighthouse') return runLighthouse()
  if (what === 'live') return measureLive(values.quick)
  if (what === 'sign-in') {
    await measureSignIn(values.quick)
    return 0
  }
  if (what) {
    console.error(USAGE)
    return 2
  }
  const { json, quick, two, page, profile } = values
  const pages = PAGE_NAMES.filter((name) => page === undefined || page.includes(name))
  await run({ json, quick, processes: two ? 2 : 1, pages, profile })
  return 0
}
