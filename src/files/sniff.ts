import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'

const SAMPLE = 64 * 1024

const sampleOf = async (path: string) => {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** A sample may end inside a character: up to three bytes of it are left out. */
const whole = (sample: Buffer) => {
  if (sample.length < SAMPLE) return sample
  const start = [1, 2, 3].find((back) => (sample.at(-back) ?? 0) >= 0xc0)
  return start ? sample.subarray(0, sample.length - start) : sample
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells a binary file
const BINARY = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/

const textType = (sample: Buffer, name: string) => {
  if (!isUtf8(sample)) return undefined
  const text = sample.toString('utf8').replace(/^\uFEFF/, '')
  if (BINARY.test(text)) return undefined
  const start = text.slice(0, 4096).replace(/<!--.*?-->/gs, '')
  if (/<svg[\s>]/i.test(start)) return 'image/svg+xml'
  if (/^\s*(<!doctype html|<html|<head|<body|<script)/i.test(start)) return 'text/html'
  if (/^\s*<\?xml/.test(start)) return 'application/xml'
  return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain'
}

// formats that are text and say so in their first line; for other text, "magic" letters mean nothing ("BM" is a bitmap)
const LABELED = new Set([
  'application/pdf',
  'application/rtf',
  'application/postscript',
  'text/calendar',
  'text/vcard',
])

/** What a file is by its content, e.g. `image/png`; its name only tells a CSV from other text. Unknown: octet-stream. */
export const mediaTypeOf = async (path: string, name: string): Promise<string> => {
  const text = textType(whole(await sampleOf(path)), name)
  const detected = (await fileTypeFromFile(path))?.mime
  if (text) return detected && LABELED.has(detected) ? detected : text
  return detected ?? 'application/octet-stream'
}
