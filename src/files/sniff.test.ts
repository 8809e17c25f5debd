import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mediaTypeOf } from '#src/files/sniff.ts'

const folder = mkdtempSync(join(tmpdir(), 'sniff-'))
afterAll(() => rmSync(folder, { recursive: true }))

const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

test.each<[name: string, content: string | Buffer, type: string]>([
  ['photo.png', png, 'image/png'],
  ['photo.txt', png, 'image/png'],
  ['picture.png', svg, 'image/svg+xml'],
  ['declared.png', `<?xml version="1.0"?>\n<!-- a logo -->\n${svg}`, 'image/svg+xml'],
  ['page.txt', '\n <!DOCTYPE html><p>hello', 'text/html'],
  ['page.png', '<html><body>', 'text/html'],
  ['notes.exe', 'plain words, with ünïcödé', 'text/plain'],
  ['table.csv', 'a,b\n1,2\n', 'text/csv'],
  ['mail.txt', 'BM: see you on Monday', 'text/plain'],
  ['empty.txt', '', 'text/plain'],
  ['paper.txt', '%PDF-1.4\n1 0 obj\n<<>>\nendobj\n', 'application/pdf'],
  ['blob.txt', Buffer.from([1, 2, 3, 0, 255, 254]), 'application/octet-stream'],
  ['long.txt', `${'x'.repeat(64 * 1024 - 1)}é`, 'text/plain'],
])('%s', async (name, content, type) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  expect(await mediaTypeOf(path, name)).toBe(type)
})
