import { randomBytes } from 'node:crypto'
import { sealToken } from '#src/secret.ts'
import { asOwner } from '#test/database.ts'
import { type Person, sessionOf, type World } from '#test/world.ts'

const bytesOf = (token: string) => Buffer.from(token, 'base64url')

/** Cookie headers that are almost Alice's session. */
export const forgeries = async (w: World): Promise<Record<string, string>> => {
  const token = await sessionOf(w.alice)
  const secret = bytesOf(token).subarray(16)
  const flipped = (at: number) =>
    `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
  return {
    empty: 'portal=',
    'not base64': `portal=${'!'.repeat(64)}`,
    'cut short': `portal=${token.slice(0, -1)}`,
    'longer than it was': `portal=${token}A`,
    'first letter changed': `portal=${flipped(0)}`,
    'a letter of the secret changed': `portal=${flipped(40)}`,
    'last letter changed': `portal=${flipped(63)}`,
    'other letter case': `portal=${token.toLowerCase()}`,
    "the other tenant's id with her secret": `portal=${sealToken(w.harbor, secret)}`,
    "her tenant's id with another secret": `portal=${sealToken(w.quayline)}`,
    'the secret of a browser that never signed in': `portal=${randomBytes(32).toString('base64url')}`,
    "her session under the public door's name": `portal-browser=${token}`,
    'her session under the name of an https site': `__Host-portal=${token}`,
    'a quote in it': `portal="${token}' or '1'='1"`,
    'a line of two': `portal=${token}\tportal=${token}`,
  }
}

type Ending = { table: 'session' | 'contact' | 'company' | 'tenant'; end: string; undo: string }

/** What ends a session that was good a moment ago. */
export const ENDINGS: Record<string, Ending> = {
  'it was ended': { table: 'session', end: 'ended_at = now()', undo: 'ended_at = null' },
  'it expired': {
    table: 'session',
    end: 'expires_at = now()',
    undo: `expires_at = now() + interval '1 day'`,
  },
  'it was idle for too long': {
    table: 'session',
    end: `last_seen_at = now() - interval '481 minutes'`,
    undo: 'last_seen_at = now()',
  },
  'she was disabled': { table: 'contact', end: 'disabled_at = now()', undo: 'disabled_at = null' },
  'she was archived': { table: 'contact', end: 'archived_at = now()', undo: 'archived_at = null' },
  'her company was archived': { table: 'company', end: 'archived_at = now()', undo: 'archived_at = null' },
  'her tenant was suspended': { table: 'tenant', end: 'suspended_at = now()', undo: 'suspended_at = null' },
}

const rowOf = {
  session: (who: Person) => ({ where: 'contact_id = $2', id: [who.id] }),
  contact: (who: Person) => ({ where: 'id = $2', id: [who.id] }),
  company: (who: Person) => ({ where: 'id = $2', id: [who.company] }),
  tenant: () => ({ where: 'true', id: [] }),
}

/** Changes the row of hers that an ending is about. */
export const change = async (who: Person, { table }: Ending, set: string) => {
  const { where, id } = rowOf[table](who)
  await asOwner(`update ${table} set ${set} where tenant_id = $1 and ${where}`, [who.tenant, ...id])
}
