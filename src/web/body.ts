import { createWriteStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import type { Context } from 'hono'
import { uuidv7 } from 'uuidv7'
import type { StoredFile } from '#src/files/kept.ts'

export type UploadedFile = {
  field: string
  name: string
  path: string
  bytes: number
  /** The file was larger than the limit; what was received is gone. */
  tooLarge: boolean
  /** Where its bytes are kept for good, once the door has let the form in. */
  stored?: StoredFile
}

export type Form = {
  /** The last value of each field, as typed. */
  get(name: string): string
  all(name: string): string[]
  /** The fields that came. */
  names(): string[]
  files: UploadedFile[]
  /** More files came than the form may have; the surplus was not kept. */
  tooManyFiles: boolean
  /** Removes the temporary files. */
  discard(): Promise<void>
}

export type BodyLimits = { directory: string; fileBytes: number; files: number }

/** One person sends more than people do; `minutes` until she may again. */
export class TooMuch extends Error {
  readonly minutes: number
  constructor(minutes: number) {
    super('more than one person sends')
    this.minutes = minutes
  }
}

/** The body is larger than any form of ours, too slow, or not a form at all. */
export class BadBody extends Error {
  readonly status: 400 | 408 | 413 | 415
  constructor(status: 400 | 408 | 413 | 415, message: string) {
    super(message)
    this.status = status
  }
}

const FIELD_BYTES = 512 * 1024
const FIELDS = 200
const PATIENCE = 30_000
const SLOWEST = 8 * 1024 // bytes a second that an upload must keep up with in each half minute

/** Ends a body that grows beyond `most`, whatever length it announced, or that stops arriving. */
const watched = (body: Readable, most: number) => {
  let received = 0
  let seen = 0
  body.on('data', (chunk: Buffer) => {
    received += chunk.length
    if (received > most) body.destroy(new BadBody(413, 'the body is too large'))
  })
  const timer = setInterval(() => {
    if (received - seen < (PATIENCE / 1000) * SLOWEST)
      body.destroy(new BadBody(408, 'the body arrives too slowly'))
    seen = received
  }, PATIENCE)
  timer.unref()
  return () => clearInterval(timer)
}

/** A browser writes the three signs that would break the part's header as %22, %0D and %0A. */
const plainName = (name: string) => name.replaceAll('%22', '"').replaceAll(/%0[AD]/g, '')

const receive = async (stream: Readable & { truncated?: boolean }, path: string) => {
  await pipeline(stream, createWriteStream(path, { mode: 0o600 }))
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  await handle.close()
  return size
}

const parserFor = (type: string, limits: BodyLimits) => {
  try {
    return new Busboy({
      headers: { 'content-type': type } as BusboyHeaders,
      limits: {
        fieldSize: FIELD_BYTES,
        // one more than is taken, because of a URL-encoded form it doesn't say that it left some out
        fields: FIELDS + 1,
        fileSize: limits.fileBytes,
        files: limits.files,
        parts: FIELDS + 1 + limits.files,
        headerPairs: 20,
      },
    })
  } catch {
    throw new BadBody(400, 'not a boundary')
  }
}

/** Reads a form: fields into memory, files into temporary files. Throws BadBody. */
export const readForm = async (c: Context, limits: BodyLimits): Promise<Form> => {
  const type = c.req.header('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
    throw new BadBody(415, 'not a form')
  const length = Number(c.req.header('content-length') ?? 0)
  const most = limits.fileBytes * limits.files + FIELD_BYTES
  if (length > most) throw new BadBody(413, 'the body is too large')

  const busboy = parserFor(type, limits)
  await mkdir(limits.directory, { recursive: true, mode: 0o700 })
  const body = c.req.raw.body ? Readable.fromWeb(c.req.raw.body as never) : Readable.from([])
  const fields = new Map<string, string[]>()
  const files: UploadedFile[] = []
  const arriving: Readable[] = []
  const writing: Promise<void>[] = []
  const discard = async () => {
    await Promise.all(files.map((file) => rm(file.path, { force: true })))
  }
  let tooManyFiles = false
  let fieldBytes = 0
  let received = 0
  let broken: BadBody | undefined
  // nothing more is read, because fields are kept in memory
  const refuse = (why: string) => {
    broken = new BadBody(413, why)
    body.destroy(broken)
  }

  busboy.on('field', (name: string, value: string, _nameCut: boolean, valueCut: boolean) => {
    fieldBytes += value.length
    if (valueCut || fieldBytes > 2 * FIELD_BYTES) refuse('the fields are too large')
    received += 1
    if (received > FIELDS) refuse('too many fields')
    // a browser sends line breaks as CRLF; no text in the database can hold a NUL
    fields.set(name, [...(fields.get(name) ?? []), value.replaceAll('\r\n', '\n').replaceAll('\0', '')])
  })
  busboy.on('filesLimit', () => {
    tooManyFiles = true
  })
  busboy.on('partsLimit', () => refuse('too many fields'))
  busboy.on('file', (field: string, stream: Readable & { truncated?: boolean }, name: string) => {
    if (!name) return void stream.resume()
    const path = join(limits.directory, uuidv7())
    const file = { field, name: plainName(name), path, bytes: 0, tooLarge: false }
    files.push(file)
    arriving.push(stream)
    const written = receive(stream, file.path).then((bytes) => {
      file.bytes = bytes
      file.tooLarge = stream.truncated === true
    })
    written.catch(() => {})
    writing.push(written)
  })

  const stop = watched(body, most)
  try {
    await pipeline(body, busboy)
    await Promise.all(writing)
    if (broken) throw broken
  } catch (error) {
    // busboy leaves a file that broke off open for ever
    for (const stream of arriving) stream.destroy()
    await Promise.allSettled(writing)
    await discard()
    if (broken) throw broken
    if (error instanceof BadBody) throw error
    throw new BadBody(400, error instanceof Error ? error.message : 'the body broke off')
  } finally {
    stop()
  }
  const all = (name: string) => fields.get(name) ?? []
  const names = () => [...fields.keys()]
  return { get: (name) => all(name).at(-1) ?? '', all, names, files, tooManyFiles, discard }
}
