import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const folderWith = (name: string, from: string): string =>
  existsSync(join(from, name)) ? from : folderWith(name, dirname(from))

/** The project's folder, whether this runs from src/ (tests) or from the bundle in dist/. */
export const root = folderWith('package.json', import.meta.dirname)
