import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { keyed, sameBytes, sha256 } from '#src/secret.ts'

const LIFE = 15 * 60
const RANDOM = 16
const HEAD = RANDOM + 4
const MAC = 16

const mac = (purpose: string, head: Buffer) =>
  keyed('passkey challenge', Buffer.concat([Buffer.from(`${purpose}\n`), head])).subarray(0, MAC)

/**
 * What a passkey signs: random, good for a quarter of an hour and for one purpose (which names the browser or session).
 * It vouches for itself, so that showing a page writes nothing; `takeChallenge` sees to it that it counts once.
 */
export const newChallenge = (purpose: string): Buffer => {
  const head = Buffer.alloc(HEAD)
  randomBytes(RANDOM).copy(head)
  head.writeUInt32BE(Math.floor(Date.now() / 1000) + LIFE, RANDOM)
  return Buffer.concat([head, mac(purpose, head)])
}

/** Whether a challenge, as base64url, is ours, for this purpose and still good. */
export const isChallenge = (text: string, purpose: string): boolean => {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== HEAD + MAC) return false
  const head = bytes.subarray(0, HEAD)
  return sameBytes(bytes.subarray(HEAD), mac(purpose, head)) && head.readUInt32BE(RANDOM) > Date.now() / 1000
}

/** Marks a challenge as used. False: it was before. `db` is the system's, with a tenant. */
export const takeChallenge = async (db: Db, challenge: string, staffId: string): Promise<boolean> => {
  const taken = await db
    .insertInto('staff_step')
    .values({
      id: uuidv7(),
      kind: 'passkey',
      staff_id: staffId,
      token_hash: sha256(challenge),
      expires_at: sql<Date>`now() + make_interval(secs => ${LIFE}::int)`,
      used_at: sql<Date>`now()`,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'token_hash']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}
