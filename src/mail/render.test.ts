import { describe, expect, test } from 'vitest'
import type { Block, Letter } from '#src/mail/blocks.ts'
import { headerText, withoutSecrets } from '#src/mail/clean.ts'
import { renderLetter } from '#src/mail/render.tsx'
import { contrast } from '#src/web/color.ts'

const link = `https://portal.example/portal/login/verify#t=${'x'.repeat(90)}`

const blocks: Block[] = [
  { type: 'heading', text: 'Sign in to Northwind IT' },
  {
    type: 'text',
    text: `This was asked for at 10:42 ${'and nobody else can use it '.repeat(6)}.\nSecond line.`,
  },
  { type: 'button', label: 'Sign in', href: link },
  { type: 'code', label: 'Or type this code', code: '12345678' },
  { type: 'quote', by: 'Sam <b>', text: 'It works & “prints”.\n\n<script>alert(1)</script>' },
  {
    type: 'facts',
    facts: [
      ['Browser', 'Firefox on Linux'],
      ['Place', 'Seattle'],
    ],
  },
  { type: 'small', text: 'Not you? Do nothing.' },
]

const letter: Letter = {
  locale: 'en-US',
  subject: 'Sign in',
  preheader: 'Your link and code',
  blocks,
  footer: ['You get this because …', 'Answers go to help@northwind.example.'],
  sender: {
    name: 'Northwind IT',
    supportEmail: 'help@northwind.example',
    supportPhone: null,
    brandColor: '#ffd400',
  },
}

describe('the text part', () => {
  test('has 72 columns, whole addresses and everything that the HTML part says', async () => {
    const { text } = await renderLetter(letter)
    const long = text.split('\n').filter((line) => line.length > 72)
    expect(long).toEqual([link])
    expect(text).toContain(`Sign in:\n${link}\n`)
    expect(text).toContain('Or type this code:\n\n    12345678\n')
    expect(text).toContain('> It works & “prints”.\n>\n> <script>alert(1)</script>')
    expect(text).toContain('Browser: Firefox on Linux\nPlace: Seattle')
    expect(text).toContain('-- \nNorthwind IT\nYou get this because …')
  })
})

describe('the HTML part', () => {
  test('escapes what people wrote, and loads nothing from anywhere', async () => {
    const { html } = await renderLetter(letter)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).toContain('Sam &lt;b&gt;')
    expect(html).not.toMatch(/<script|<img|<link|\bsrc=|url\(|@import|@font-face/i)
    expect(html.match(/https?:\/\/[^"]+/g)).toEqual([link])
    expect(html).toMatch(/^<!doctype html>\n<html lang="en-US" dir="ltr">/)
    expect(html.replace(/<[^>]+>/g, '')).toContain('12345678')
  })

  test('writes white on the brand color only where it can be read', async () => {
    const { html } = await renderLetter(letter)
    const ground = /bgcolor="(#[0-9a-f]{6})"/.exec(html)?.[1] ?? ''
    expect(contrast(ground, '#ffffff')).toBeGreaterThanOrEqual(4.5)
  })

  test('reads from right to left where the language does', async () => {
    const { html } = await renderLetter({ ...letter, locale: 'ar-EG' })
    expect(html).toContain('<html lang="ar-EG" dir="rtl">')
  })

  test('is the same each time', async () => {
    expect(await renderLetter(letter)).toEqual(await renderLetter(letter))
  })
})

test('a header is one line without marks that reorder it', () => {
  expect(headerText(' Ali\u202Egpj.exe\r\nBcc: x\u0000 ', 78)).toBe('Aligpj.exe Bcc: x')
  expect(headerText('😀'.repeat(80), 78)).toBe(`${'😀'.repeat(77)}…`)
})

test('what a server says is kept without links, codes and tokens', () => {
  const said = `554 rejected: ${link} code 12345678 ${'Ab1_'.repeat(10)}`
  expect(withoutSecrets(said)).toBe('554 rejected: [link] code [code] [token]')
})
