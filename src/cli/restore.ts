import { backupCommand } from '#src/backup/command.ts'
import { restore } from '#src/backup/restore.ts'

const USAGE = `Usage: npm run restore -- FILE
  Makes an empty data directory (DATA_DIR) and database (DATABASE_URL, if set) from a backup.`

process.exitCode = await backupCommand(
  { usage: USAGE, work: restore, isNew: false },
  process.argv.slice(2),
  process.env.BACKUP_PASSPHRASE,
)
