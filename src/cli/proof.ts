import { parseArgs } from 'node:util'
import { setLogLevel } from '#src/log.ts'
import { crash } from '../../bench/crash.ts'
import { restart } from '../../bench/restart.ts'

const USAGE = `npm run proof -- crash [--rounds 20] [--seed N]    kills app and PostgreSQL while people work; nothing may be lost
npm run proof -- restart [--rounds 6] [--seed N]  stops and starts the app while people work; nobody may notice`

const proofs = { crash, restart }
const rounds = { crash: 20, restart: 6 }
const isProof = (name: string | undefined): name is keyof typeof proofs =>
  name !== undefined && name in proofs
const number = (text: string | undefined, otherwise: number) =>
  text === undefined ? otherwise : Number(text)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, seed: { type: 'string' } },
})
const [name, ...rest] = positionals
const seed = number(values.seed, Date.now() % 1_000_000)
const times = isProof(name) ? number(values.rounds, rounds[name]) : 0

setLogLevel('warn')
if (!isProof(name) || rest.length > 0 || !Number.isInteger(seed) || !(Number.isInteger(times) && times > 0)) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const { faults, ...figures } = await proofs[name]({ rounds: times, seed })
  console.log(JSON.stringify(figures, null, 2))
  for (const fault of faults) console.log(fault)
  console.log(
    faults.length === 0
      ? 'Nothing missing, nothing double, nothing half done.'
      : `${faults.length} faults. Seed ${seed}.`,
  )
  process.exitCode = faults.length === 0 ? 0 : 1
}
