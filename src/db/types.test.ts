import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { typesFile, writeTypes } from '#src/db/types.ts'
import { freshDatabase } from '#test/database.ts'

it('the types in the repository are those of the migrated database', async () => {
  const { urls } = await freshDatabase()
  const file = join(mkdtempSync(join(tmpdir(), 'client-portal-types-')), 'schema.gen.ts')
  expect(readFileSync(typesFile, 'utf8'), 'run `npm run db:types` after a migration').toBe(
    await writeTypes(urls.owner, file),
  )
})
