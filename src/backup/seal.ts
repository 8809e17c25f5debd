import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { BackupProblem } from '#src/backup/problem.ts'
import { sameBytes } from '#src/secret.ts'

/*
 * A sealed file: MAGIC, a salt, a check of the passphrase, then chunks of 1 MiB, the last one shorter:
 *   word (4 bytes: length, and a mark on the last chunk) · AES-256-GCM of the content · tag (16 bytes)
 * The nonce is the chunk's number, the word is authenticated too: a chunk that was changed, moved or taken away is found.
 */
const MAGIC = Buffer.from('client-portal backup 1\n')
const SALT = 16
const CHECK = 32
const CHUNK = 1 << 20
const TAG = 16
const LAST = 0x80000000
const CIPHER = 'aes-256-gcm'

/** 128 MiB and about half a second for each guess of a passphrase (OWASP's recommendation for scrypt). */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 }

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt)

const keysOf = async (passphrase: string, salt: Buffer, cost: typeof COST) => {
  const bytes = await derive(passphrase.normalize('NFC'), salt, 64, cost)
  const check = createHmac('sha256', bytes.subarray(32)).update(MAGIC).update(salt).digest()
  return { key: bytes.subarray(0, 32), check }
}

const nonceOf = (number: number) => {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 8)
  return nonce
}

const sealChunk = (key: Buffer, number: number, content: Buffer, last: boolean) => {
  const word = Buffer.alloc(4)
  word.writeUInt32BE((content.length | (last ? LAST : 0)) >>> 0)
  const cipher = createCipheriv(CIPHER, key, nonceOf(number)).setAAD(word)
  return Buffer.concat([word, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

export type Opener = () => AsyncGenerator<Buffer>

export type Seal = {
  /** Turns a stream of bytes into a sealed one, for stream.pipeline(). */
  seal(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer>
  /** Reads what was sealed, without deriving the key again. */
  opener(path: string): Opener
}

/** A new seal. A cost of its own is for tests. */
export const sealing = async (passphrase: string, cost = COST): Promise<Seal> => {
  const salt = randomBytes(SALT)
  const { key, check } = await keysOf(passphrase, salt, cost)
  return {
    async *seal(source) {
      yield Buffer.concat([MAGIC, salt, check])
      const chunk = Buffer.alloc(CHUNK)
      let filled = 0
      let number = 0
      for await (let piece of source) {
        while (piece.length > 0) {
          if (filled === CHUNK) {
            yield sealChunk(key, number++, chunk, false)
            filled = 0
          }
          const taken = piece.copy(chunk, filled)
          filled += taken
          piece = piece.subarray(taken)
        }
      }
      yield sealChunk(key, number, chunk.subarray(0, filled), true)
    },
    opener: (path) => openerOf(path, key),
  }
}

const read = async (file: FileHandle, length: number) => {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

const cut = (path: string) => new BackupProblem('damaged', `${path} is cut short: its end is missing.`)
const changed = (path: string, number: number) =>
  new BackupProblem('damaged', `${path} was changed or damaged, near byte ${number * CHUNK}.`)

const openChunk = async (file: FileHandle, path: string, key: Buffer, number: number) => {
  const word = await read(file, 4)
  if (word.length < 4) throw cut(path)
  const length = word.readUInt32BE() & ~LAST
  const last = word.readUInt32BE() >= LAST
  if (length > CHUNK || (!last && length < CHUNK)) throw changed(path, number)
  const content = await read(file, length + TAG)
  if (content.length < length + TAG) throw cut(path)
  const decipher = createDecipheriv(CIPHER, key, nonceOf(number)).setAAD(word)
  decipher.setAuthTag(content.subarray(length))
  try {
    return { last, opened: Buffer.concat([decipher.update(content.subarray(0, length)), decipher.final()]) }
  } catch {
    throw changed(path, number)
  }
}

const HEAD = MAGIC.length + SALT + CHECK

const openerOf = (path: string, key: Buffer): Opener =>
  async function* () {
    await using file = await open(path, 'r')
    await read(file, HEAD)
    for (let number = 0; ; number++) {
      const { opened, last } = await openChunk(file, path, key, number)
      yield opened
      if (!last) continue
      if ((await read(file, 1)).length > 0) throw changed(path, number + 1)
      return
    }
  }

/**
 * Tries the passphrase and answers a function that reads the file's content, as often as it is called; each chunk is
 * authenticated before it is given out. Both throw a BackupProblem that says what is wrong.
 */
export const unsealing = async (path: string, passphrase: string, cost = COST): Promise<Opener> => {
  await using file = await open(path, 'r')
  const head = await read(file, HEAD)
  if (!head.subarray(0, MAGIC.length).equals(MAGIC.subarray(0, head.length)) || head.length === 0)
    throw new BackupProblem('damaged', `${path} is not a backup of the Client Portal.`)
  if (head.length < HEAD) throw cut(path)
  const { key, check } = await keysOf(passphrase, head.subarray(MAGIC.length, MAGIC.length + SALT), cost)
  if (!sameBytes(check, head.subarray(MAGIC.length + SALT)))
    throw new BackupProblem('passphrase', `The passphrase is not the one that ${path} was sealed with.`)
  return openerOf(path, key)
}

/** Reads all of a sealed file: throws when one bit of it is wrong. */
export const readThrough = async (open: Opener) => {
  for await (const _ of open());
}
