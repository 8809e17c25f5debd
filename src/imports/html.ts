import { Parser } from 'htmlparser2'

const HIDDEN = new Set(['head', 'script', 'style', 'template', 'title', 'noscript'])
const PARAGRAPHS = new Set([
  'p',
  'ul',
  'ol',
  'table',
  'blockquote',
  'pre',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
])
const LINES = new Set([
  'br',
  'div',
  'tr',
  'li',
  'section',
  'article',
  'header',
  'footer',
  'address',
  'dt',
  'dd',
])
const LINK = /^(https?:|mailto:|tel:)/i

const MARKUP =
  /<(?:!doctype html|html|body|p|div|br|span|table|tr|td|ul|ol|li|strong|b|em|i|u|a|img|blockquote|font|h[1-6]|pre)(?:\s[^<>]*)?\/?>/i
const CLOSED =
  /<\/(?:html|body|p|div|span|table|ul|ol|strong|b|em|i|u|a|blockquote|font|h[1-6]|pre)\s*>|<br(?:\s[^<>]*)?\/?>/i

/** Written by a mail program or an editor, not by somebody who mentions a tag. */
export const isHtml = (text: string): boolean => MARKUP.test(text) && CLOSED.test(text)

const tidy = (text: string) =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** HTML as plain text: paragraphs, lines, list marks and the addresses of links stay, everything else goes. */
const htmlToText = (html: string): string => {
  let text = ''
  let hidden = 0
  const links: { address: string; from: number }[] = []
  const block = (name: string) => {
    if (PARAGRAPHS.has(name)) text += '\n\n'
    else if (name === 'br' || (LINES.has(name) && !text.endsWith('\n'))) text += '\n'
    else if (name === 'td' || name === 'th') text += ' '
  }
  const parser = new Parser({
    onopentag(name, { href, alt }) {
      if (HIDDEN.has(name)) hidden += 1
      block(name)
      if (name === 'li') text += '- '
      if (name === 'img' && alt && !hidden) text += `[${alt}]`
      if (name === 'a') links.push({ address: href ?? '', from: text.length })
    },
    ontext(piece) {
      const isBetweenBlocks = text.endsWith('\n') && piece.trim() === ''
      if (!hidden && !isBetweenBlocks) text += piece.replace(/\s+/g, ' ')
    },
    onclosetag(name) {
      if (HIDDEN.has(name)) hidden -= 1
      const link = name === 'a' ? links.pop() : undefined
      if (
        link &&
        LINK.test(link.address) &&
        !text.slice(link.from).includes(link.address.replace(/^\w+:(\/\/)?/, ''))
      )
        text += ` (${link.address})`
      if (name !== 'br' && name !== 'hr') block(name)
    },
  })
  parser.end(html)
  return tidy(text)
}

/** What was written, as plain text with `\n` for line breaks. */
export const plainText = (body: string): string =>
  isHtml(body) ? htmlToText(body) : body.replace(/\r\n?/g, '\n').trim()
