import { withDatabase } from '#src/cli/with-database.ts'
import { rotateSecrets } from '#src/settings/secrets.ts'

const USAGE = `Usage: npm run secrets:rotate
  Seals what the database keeps sealed under APP_SECRET again. Set APP_SECRET to the new secret and APP_SECRET_PREVIOUS to
  the one before; when this has run, APP_SECRET_PREVIOUS can go.`

const [verb, ...rest] = process.argv.slice(2)
if (verb === 'rotate' && rest.length === 0)
  process.exitCode = await withDatabase(async () => {
    const { again, lost } = await rotateSecrets()
    console.log(`${again} sealed values are under the new APP_SECRET now.`)
    for (const what of lost) console.error(`Can't be opened, enter it again: ${what}`)
    return lost.length > 0 ? 1 : 0
  })
else {
  console.error(USAGE)
  process.exitCode = 2
}
