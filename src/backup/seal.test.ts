import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealing, unsealing } from '#src/backup/seal.ts'

const PASSPHRASE = 'correct horse battery'
const CHEAP = { N: 2 ** 4, r: 8, p: 1, maxmem: 2 ** 20 }
const MEBIBYTE = 1 << 20
const HEAD = 23 + 16 + 32
let folder: string
let sealed: Buffer
const content = randomBytes(2.5 * MEBIBYTE)

const collected = async (stream: AsyncIterable<Buffer>) => {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

const seal = async (pieces: Buffer[]) => {
  const source = async function* () {
    yield* pieces
  }
  const { seal } = await sealing(PASSPHRASE, CHEAP)
  return collected(seal(source()))
}

const unseal = async (bytes: Buffer, passphrase = PASSPHRASE) => {
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  const open = await unsealing(path, passphrase, CHEAP)
  return collected(open())
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seal-'))
  sealed = await seal([
    content.subarray(0, 100),
    content.subarray(100, 2 * MEBIBYTE),
    content.subarray(2 * MEBIBYTE),
  ])
})
afterAll(() => rm(folder, { recursive: true }))

test('gives back what was sealed, and nothing can be read without the passphrase', async () => {
  expect((await unseal(sealed)).equals(content)).toBe(true)
  expect(sealed.indexOf(content.subarray(0, 16))).toBe(-1)
  await expect(unseal(sealed, 'correct horse batterx')).rejects.toMatchObject({ exitCode: 3 })
})

test('seals nothing, exactly one chunk, and the same content never the same way', async () => {
  expect((await unseal(await seal([]))).length).toBe(0)
  const chunk = content.subarray(0, MEBIBYTE)
  expect((await unseal(await seal([chunk]))).equals(chunk)).toBe(true)
  expect((await seal([chunk])).subarray(HEAD).equals((await seal([chunk])).subarray(HEAD))).toBe(false)
})

test('finds one changed bit, wherever it is', async () => {
  const places = [
    0,
    22,
    23,
    40,
    HEAD,
    HEAD + 3,
    HEAD + 4,
    HEAD + MEBIBYTE,
    HEAD + MEBIBYTE + 30,
    sealed.length - 17,
    sealed.length - 1,
  ]
  for (const place of places) {
    const broken = Buffer.from(sealed)
    broken.writeUInt8(broken.readUInt8(place) ^ 1, place)
    await expect(unseal(broken), `byte ${place}`).rejects.toMatchObject({
      exitCode: expect.toBeOneOf([3, 4]),
    })
  }
})

const CHUNK = 4 + MEBIBYTE + 16

test.each([
  ['cut in the head', () => sealed.subarray(0, 30), 'cut short'],
  ['cut within a chunk', () => sealed.subarray(0, HEAD + 1000), 'cut short'],
  ['cut between two chunks', () => sealed.subarray(0, HEAD + CHUNK), 'cut short'],
  ['cut by a byte', () => sealed.subarray(0, -1), 'cut short'],
  [
    'two chunks the other way round',
    () =>
      Buffer.concat([
        sealed.subarray(0, HEAD),
        sealed.subarray(HEAD + CHUNK, HEAD + 2 * CHUNK),
        sealed.subarray(HEAD, HEAD + CHUNK),
        sealed.subarray(HEAD + 2 * CHUNK),
      ]),
    'was changed',
  ],
  [
    'a chunk left out',
    () => Buffer.concat([sealed.subarray(0, HEAD), sealed.subarray(HEAD + CHUNK)]),
    'was changed',
  ],
  ['something behind the end', () => Buffer.concat([sealed, Buffer.from('x')]), 'was changed'],
  [
    'another file',
    () => Buffer.from('PK\u0003\u0004 something else, longer than the head of a backup would be …'),
    'is not a backup',
  ],
  ['an empty file', () => Buffer.alloc(0), 'is not a backup'],
])('finds %s', async (_name, make, sentence) => {
  await expect(unseal(make())).rejects.toMatchObject({
    exitCode: 4,
    message: expect.stringContaining(sentence),
  })
})
