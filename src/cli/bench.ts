import { bench } from '../../bench/command.ts'

process.exitCode = await bench(process.argv.slice(2))
