import { withDatabase } from '#src/cli/with-database.ts'
import { currentUrls } from '#src/db/connect.ts'
import { writeTypes } from '#src/db/types.ts'

// `npm run db:types`: migrates the database of DATABASE_URL or data/ and writes src/db/schema.gen.ts from it.
process.exitCode = await withDatabase(async () => {
  await writeTypes(currentUrls().owner)
  return 0
})
