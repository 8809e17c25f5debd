import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { databaseUrls } from '#src/db/connect.ts'
import { startEmbedded } from '#src/db/embedded.ts'
import { migrate } from '#src/db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    database: { owner: string; admin: string }
  }
}

/** One PostgreSQL for the run, with a migrated template that each test file copies. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'client-portal-test-'))
  // As root: the server's own user passes through, or its files would go to /var/lib/client-portal.
  chmodSync(folder, 0o711)
  const server = await startEmbedded({ dataDir: folder, database: 'template_portal' })
  await migrate(databaseUrls({ url: server.url, secret: 'test database secret' }))
  project.provide('database', { owner: server.url, admin: server.adminUrl })
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
