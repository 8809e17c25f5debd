import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const startOf = async (path: string, bytes: number) => {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const isUtf8 = async (path: string) => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

// text of our scripts has a zero in every second byte of UTF-16, and never in another encoding
const zeros = (bytes: Buffer, parity: 0 | 1) =>
  bytes.filter((byte, position) => byte === 0 && position % 2 === parity).length

/** How a text file's bytes are to be read: what its byte order mark says, else what all of its bytes allow. */
export const sniffEncoding = async (path: string): Promise<Encoding> => {
  const start = await startOf(path, 4096)
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  if (zeros(start, 1) > start.length / 4) return 'utf-16le'
  if (zeros(start, 0) > start.length / 4) return 'utf-16be'
  return (await isUtf8(path)) ? 'utf-8' : 'windows-1252'
}

/** Excel workbooks are ZIP files, older ones compound files: people hand them over as "the CSV". */
export const isWorkbook = async (path: string): Promise<boolean> => {
  const start = (await startOf(path, 4)).toString('hex')
  return start === '504b0304' || start === 'd0cf11e0'
}

/** The file's text, piece by piece, without its byte order mark. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path)) {
    const text = decoder.decode(chunk, { stream: true })
    if (text) yield text
  }
  const rest = decoder.decode()
  if (rest) yield rest
}
