import { type Argon2Parameters, argon2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { MessageKey } from '#src/messages/index.ts'
import { sameBytes } from '#src/secret.ts'
import { isCommon } from '#src/staff-sign-in/common-passwords.ts'

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

// OWASP's second choice: 19 MiB, two passes, one lane
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const SALT = 16
const TAG = 32

const SHORTEST = 12
const LONGEST = 128

/** One text for what looks the same, whichever keyboard it was typed on. */
const message = (password: string) => Buffer.from(password.normalize('NFC'))

const plain = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')

const phc = (salt: Buffer, tag: Buffer) =>
  `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${plain(salt)}$${plain(tag)}`

/** The password's argon2id hash as a PHC string, with its parameters and salt. */
export const hashPassword = async (password: string): Promise<string> => {
  const nonce = randomBytes(SALT)
  return phc(nonce, await derive('argon2id', { ...COST, message: message(password), nonce, tagLength: TAG }))
}

const SHAPE = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** What nobody's password fits: whoever has none costs as much time as whoever has one. */
const NOBODY = phc(Buffer.alloc(SALT), Buffer.alloc(TAG))

/** Whether the password is the one of this hash; never without a hash, after the same work. */
export const fitsPassword = async (password: string, stored: string | null | undefined): Promise<boolean> => {
  const [, memory, passes, lanes, salt = '', tag = ''] = SHAPE.exec(stored ?? NOBODY) ?? []
  if (!memory) throw new Error('a stored password hash is not argon2id')
  const expected = Buffer.from(tag, 'base64')
  const made = await derive('argon2id', {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(lanes),
    message: message(password.slice(0, LONGEST)),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: expected.length,
  })
  return sameBytes(made, expected) && password.length <= LONGEST && Boolean(stored)
}

/** What is wrong with a new password; undefined when it may be used. `own`: the person's and the business's words. */
export const passwordProblem = (password: string, own: string[] = []): MessageKey | undefined => {
  const length = [...password].length
  if (length < SHORTEST) return 'staffSignIn.password.short'
  if (password.length > LONGEST) return 'staffSignIn.password.long'
  return isCommon(password, own) ? 'staffSignIn.password.common' : undefined
}
