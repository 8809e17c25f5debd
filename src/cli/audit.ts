import { AUDIT_USAGE, verifyCommand } from '#src/audit/chain/command.ts'
import { withDatabase } from '#src/cli/with-database.ts'

const [verb, ...rest] = process.argv.slice(2)
if (verb === 'verify' && rest.length === 0)
  process.exitCode = await withDatabase(() => verifyCommand((line) => console.log(line)))
else {
  console.error(AUDIT_USAGE)
  process.exitCode = 2
}
