import { withDatabase } from '#src/cli/with-database.ts'
import { TENANT_USAGE, tenantCommand } from '#src/tenants/command.ts'

const command = tenantCommand(process.argv.slice(2))
if (command) process.exitCode = await withDatabase((env) => command(env, (line) => console.log(line)))
else {
  console.error(TENANT_USAGE)
  process.exitCode = 2
}
