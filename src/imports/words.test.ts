import { expect, test } from 'vitest'
import { isHtml, plainText } from '#src/imports/html.ts'
import { nameKey } from '#src/imports/known.ts'
import { priorityWord, publicWord, statusWord } from '#src/imports/words.ts'

test.each([
  ['open', 'in_progress'],
  ['pending', 'waiting_client'],
  ['hold', 'waiting_supplier'],
  ['In Progress', 'in_progress'],
  ['>Closed', 'closed'],
  ['Waiting Client Response', 'waiting_client'],
  ['Waiting on Customer', 'waiting_client'],
  ['Waiting on Third Party', 'waiting_supplier'],
  ['Waiting for Parts', 'waiting_supplier'],
  ['With User', 'waiting_client'],
  ['Complete', 'solved'],
  ['Resolved', 'solved'],
  ['waiting_supplier', 'waiting_supplier'],
  ['deleted', 'deleted'],
  ['Foo', undefined],
])('status %s', (text, status) => expect(statusWord(text)).toBe(status))

test.each([
  ['Priority 1 - Critical', 'urgent'],
  ['Priority 3 - Normal Response', 'normal'],
  ['0 Urgent', 'urgent'],
  ['2 Normal', 'normal'],
  ['Medium', 'normal'],
  ['P2', 'high'],
  ['7', undefined],
])('priority %s', (text, priority) => expect(priorityWord(text)).toBe(priority))

test('only a plain yes makes public', () => {
  expect(['TRUE', 'yes', '1', 'Public'].map(publicWord)).toEqual([true, true, true, true])
  expect(['FALSE', 'no', '0', 'Internal', 'private'].map(publicWord)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
  expect(['maybe', 'external', '2'].map(publicWord)).toEqual([undefined, undefined, undefined])
})

test('names are compared without case, marks and spaces', () => {
  expect(nameKey('Acme,  Inc.')).toBe(nameKey('ACME inc'))
  expect(nameKey('Müller & Söhne')).not.toBe(nameKey('Muller & Sohne'))
  expect(nameKey('!!!')).toBe('!!!')
})

test('HTML becomes text, and text stays text', () => {
  expect(
    plainText(
      '<p>Hi Dana,</p><p>see <a href="https://a.example/x">this</a> &amp; &eacute;<br>ok</p><script>alert(1)</script>',
    ),
  ).toBe('Hi Dana,\n\nsee this (https://a.example/x) & é\nok')
  expect(plainText('<ul><li>one</li><li>two</li></ul><style>p{}</style>')).toBe('- one\n- two')
  expect(plainText('<p>1 &lt;script&gt;alert(1)&lt;/script&gt;</p>')).toBe('1 <script>alert(1)</script>')
  for (const text of [
    'a < b > c',
    '<foo@bar.example> wrote',
    'use the <b> tag',
    '&lt;p&gt; is a tag',
    '1\n2',
  ])
    expect([isHtml(text), plainText(text)]).toEqual([false, text])
})
