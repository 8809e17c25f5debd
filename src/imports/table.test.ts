import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, expect, test } from 'vitest'
import { openTable } from '#src/imports/table.ts'
import { fileIn } from '#src/imports/test-ground.ts'

const folder = mkdtempSync(join(tmpdir(), 'import-table-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = fileIn(folder)

const read = async (path: string) => {
  const table = await openTable(path)
  const records = []
  for await (const record of table.records()) records.push(record)
  return { ...table, records }
}

const ENCODINGS = {
  'UTF-8': (text: string) => Buffer.from(text),
  'UTF-8 with a mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'UTF-16 LE with a mark': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16 LE': (text: string) => Buffer.from(text, 'utf16le'),
  'UTF-16 BE with a mark': (text: string) => iconv.encode(text, 'utf16-be', { addBOM: true }),
  'UTF-16 BE': (text: string) => iconv.encode(text, 'utf16-be', { addBOM: false }),
  'Windows-1252': (text: string) => iconv.encode(text, 'win1252'),
}

for (const [encoding, encode] of Object.entries(ENCODINGS))
  for (const separator of [',', ';', '\t'])
    test(`${encoding}, separated by ${JSON.stringify(separator)}`, async () => {
      const rows = [
        ['id', 'Name', 'Note'],
        ['1', 'Müller & Söhne – “Büro”', 'costs 5 €'],
        ['2', 'a"b', 'x'],
      ]
      const text = rows
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
        .join('\r\n')
      const { headers, records } = await read(file('encoded.csv', encode(text)))
      expect(headers).toEqual(rows[0])
      expect(records).toEqual([
        { row: 2, cells: rows[1] },
        { row: 3, cells: rows[2] },
      ])
    })

test('characters that fall onto the border of two pieces of a large file stay whole', async () => {
  const name = 'x😀é'.repeat(9_001)
  for (const encode of [ENCODINGS['UTF-8'], ENCODINGS['UTF-16 LE'], ENCODINGS['UTF-16 BE']]) {
    const { records } = await read(file('large.csv', encode(`id,name\n${`1,${name}\n`.repeat(5)}`)))
    expect(records.map((record) => record.cells[1] === name)).toEqual([true, true, true, true, true])
  }
})

test('a cell may hold line breaks and separators; rows are counted as a spreadsheet counts them', async () => {
  const { records } = await read(
    file('lines.csv', 'id,body\n1,"one\ntwo; three,\n\n<p>four</p>"\n\n  ,\n2,five\n'),
  )
  expect(records).toEqual([
    { row: 2, cells: ['1', 'one\ntwo; three,\n\n<p>four</p>'] },
    { row: 5, cells: ['2', 'five'] },
  ])
})

test('the header decides the separator, also when the rows are full of another', async () => {
  expect((await read(file('a.csv', 'id;name\n1;a,b,c,d\n'))).separator).toBe(';')
  expect((await read(file('b.csv', '"a;b;c",name\n1,2\n'))).separator).toBe(',')
  expect((await read(file('c.csv', 'sep=;\r\nid;name\r\n1;x\r\n'))).records).toEqual([
    { row: 3, cells: ['1', 'x'] },
  ])
})

test('what is no table is refused with its name', async () => {
  await expect(openTable(file('empty.csv', ''))).rejects.toThrow('empty.csv is empty')
  await expect(openTable(file('book.csv', Buffer.from('504b030414000600', 'hex')))).rejects.toThrow(
    'book.csv is a workbook',
  )
  await expect(openTable(join(folder, 'none.csv'))).rejects.toThrow("none.csv can't be opened")
  await expect(read(file('open.csv', 'id,name\n1,"never closed\n2,x\n'))).rejects.toThrow(
    /open\.csv row \d can't be read/,
  )
})
