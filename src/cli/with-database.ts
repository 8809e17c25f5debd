import { resolve } from 'node:path'
import { openDatabase } from '#src/db/open.ts'
import { BadEnvironment, type Env, readEnv } from '#src/env.ts'
import { diskStore, useStore } from '#src/files/store.ts'

const settings = (): Env | undefined => {
  try {
    return readEnv()
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error
    console.error(error.message)
    return undefined
  }
}

/** Runs a command's work with the database and the file store open; its answer is the exit code. */
export const withDatabase = async (work: (env: Env) => Promise<number>): Promise<number> => {
  const env = settings()
  if (!env) return 2
  useStore(diskStore(resolve(env.DATA_DIR)))
  const database = await openDatabase(env)
  try {
    return await work(env)
  } finally {
    await database.close()
  }
}
