import { withDatabase } from '#src/cli/with-database.ts'
import { IMPORT_USAGE, importCommand, runImport } from '#src/imports/command.ts'

const command = importCommand(process.argv.slice(2))
if (command) process.exitCode = await withDatabase(() => runImport(command, (line) => console.log(line)))
else {
  console.error(IMPORT_USAGE)
  process.exitCode = 2
}
