import { backup } from '#src/backup/backup.ts'
import { backupCommand } from '#src/backup/command.ts'

const USAGE = `Usage: npm run backup -- FILE
  Writes database, attachments and keys into a new file, sealed under a passphrase: BACKUP_PASSPHRASE, or asked for.`

process.exitCode = await backupCommand(
  { usage: USAGE, work: backup, isNew: true },
  process.argv.slice(2),
  process.env.BACKUP_PASSPHRASE,
)
