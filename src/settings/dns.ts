import { Resolver } from 'node:dns/promises'

/** How names are looked up. Each answers nothing when the name has no such record, and throws when nobody could say. */
export type Names = { aliases(host: string): Promise<string[]>; addresses(host: string): Promise<string[]> }

const NOTHING = new Set(['ENODATA', 'ENOTFOUND', 'NXDOMAIN'])

const orNothing = async (question: Promise<string[]>): Promise<string[]> => {
  try {
    return await question
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOTHING.has(String(error.code))) return []
    throw error
  }
}

const system = (): Names => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  return {
    aliases: (host) => orNothing(resolver.resolveCname(host)),
    addresses: async (host) => {
      const both = await Promise.all([orNothing(resolver.resolve4(host)), orNothing(resolver.resolve6(host))])
      return both.flat()
    },
  }
}

let names: Names | undefined
/** Tests bring their own. */
export const useNames = (given: Names | undefined) => {
  names = given
}

export type Found = { outcome: 'here' | 'elsewhere' | 'nowhere' | 'unknown'; found: string }

/** Whether the DNS leads from `host` to `home`, by name or to the same addresses, and what it says. */
export const whereLeads = async (host: string, home: string): Promise<Found> => {
  const { aliases, addresses } = names ?? system()
  try {
    const [alias] = await aliases(host)
    if (alias?.toLowerCase().replace(/\.$/, '') === home) return { outcome: 'here', found: home }
    const [theirs, ours] = await Promise.all([addresses(host), addresses(home)])
    const found = [alias, ...theirs].filter(Boolean).join(', ').slice(0, 200)
    if (theirs.length === 0) return { outcome: alias ? 'elsewhere' : 'nowhere', found }
    return { outcome: theirs.every((address) => ours.includes(address)) ? 'here' : 'elsewhere', found }
  } catch {
    return { outcome: 'unknown', found: '' }
  }
}
