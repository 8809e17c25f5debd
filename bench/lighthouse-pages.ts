import { paths } from '#src/paths.ts'
import { startApp } from './app.ts'
import { findCast } from './cast.ts'
import { openBenchDatabase } from './database.ts'
import { lighthouse } from './lighthouse.ts'
import { startMailSink } from './mail-sink.ts'
import { SMALL } from './sample/sizes.ts'
import { signIn } from './visitor.ts'

const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const BAR = 98

/** Prints Lighthouse's scores of sign-in, home, list and ticket. Answers the exit code: 1 when one is below the bar. */
export const runLighthouse = async (): Promise<number> => {
  const database = await openBenchDatabase(SMALL)
  const mails = await startMailSink()
  const app = await startApp(database.env, 1, mails.url)
  try {
    const cast = await findCast(database.urls.owner)
    const { cookie } = await signIn(app.origin, cast.reader, mails)
    const pages: [string, string, string | undefined][] = [
      ['sign-in', paths.login({ tenant: cast.reader.slug }), undefined],
      ['home', paths.home(), cookie],
      ['tickets', paths.tickets(), cookie],
      ['ticket', paths.ticket(cast.ticket), cookie],
    ]
    let low = 0
    for (const look of ['phone', 'desktop'] as const)
      for (const [name, path, session] of pages) {
        const { scores, weak } = lighthouse(app.origin + path, session, CATEGORIES, look)
        low += Object.values(scores).filter((score) => score < BAR).length
        const figures = Object.entries(scores).map(([category, score]) => `${category} ${score}`)
        console.log(
          `${look.padEnd(8)}${name.padEnd(8)} ${figures.join(', ')}  (${weak.join(', ') || 'nothing to mend'})`,
        )
      }
    return low === 0 ? 0 : 1
  } finally {
    await app.stop()
    await mails.stop()
    await database.close()
  }
}
