import { type Fault, type Verdict, verifyChains } from '#src/audit/chain/verify.ts'

export const AUDIT_USAGE = `Usage: npm run audit:verify
  Works out the chain over each tenant's audit log again and names the first row that is not what was sealed.`

const FAULTS: Record<Fault, string> = {
  changed: 'the row, its place or its link was changed after it was sealed',
  'row-gone': 'the row was removed',
  'link-gone': 'the link, and so the row, was removed',
}

const number = (value: number) => value.toLocaleString('en-US')

const lineOf = ({ tenant, slug, links, waiting, head, broken }: Verdict) => {
  const name = slug ? `${slug} (${tenant})` : `No tenant (${tenant})`
  if (broken) {
    const row = broken.event ? `, row ${broken.event}` : ''
    return `${name}: BROKEN at number ${broken.sequence}${row}: ${FAULTS[broken.what]}. ${number(links)} rows before it are as sealed.`
  }
  const tail = waiting > 0 ? ` ${number(waiting)} newer rows are not sealed yet.` : ''
  return `${name}: ${number(links)} rows, all as sealed.${head ? ` Head ${head}.` : ''}${tail}`
}

/** `npm run audit:verify`: a line for each tenant; 1 when a chain is broken. */
export const verifyCommand = async (say: (line: string) => void): Promise<number> => {
  const verdicts = await verifyChains()
  if (verdicts.length === 0) say('The audit log is empty.')
  for (const verdict of verdicts) say(lineOf(verdict))
  return verdicts.some(({ broken }) => broken) ? 1 : 0
}
