import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { keyed } from '#src/secret.ts'

const COUNT = 10
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789' // none that looks like another
const LENGTH = 10

const newCode = () => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** Under APP_SECRET, so that a stolen database alone can't be searched for 50 bits. */
const hashOf = (staffId: string, code: string) => keyed('staff recovery code', `${staffId} ${code}`)

/** What was typed as a recovery code, without spaces and dashes; undefined when it can't be one. */
export const typedRecovery = (typed: string): string | undefined => {
  const code = typed.toLowerCase().replace(/[\s\p{Pd}]/gu, '')
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : undefined
}

/** Ten new codes (`abcde-23456`) in place of all earlier ones. Shown once: only their hashes stay. */
export const replaceRecoveryCodes = async (db: Db, staffId: string): Promise<string[]> => {
  const codes = Array.from({ length: COUNT }, newCode)
  await db.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute()
  const rows = codes.map((code) => ({ id: uuidv7(), staff_id: staffId, code_hash: hashOf(staffId, code) }))
  await db.insertInto('staff_recovery_code').values(rows).execute()
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

/** Uses a code up. False: it isn't one of hers, or was used. */
export const useRecoveryCode = async (db: Db, staffId: string, code: string): Promise<boolean> => {
  const used = await db
    .updateTable('staff_recovery_code')
    .set({ used_at: sql<Date>`now()` })
    .where('staff_id', '=', staffId)
    .where('code_hash', '=', hashOf(staffId, code))
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

/** How many codes she has left. */
export const recoveryCodesLeft = async (db: Db, staffId: string): Promise<number> => {
  const { left } = await db
    .selectFrom('staff_recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('staff_id', '=', staffId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(left)
}
