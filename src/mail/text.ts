import type { Block, Letter } from '#src/mail/blocks.ts'

const WIDTH = 72

/** Breaks at spaces, never inside a word: an address stays whole, however long. */
const wrapLine = (line: string, width: number): string[] => {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/\s+/).filter(Boolean)) {
    if (current && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else current = current ? `${current} ${word}` : word
  }
  return [...lines, current]
}

/** Keeps the text's own line breaks. `indent` goes before each line. */
const wrap = (text: string, indent = '', width = WIDTH) =>
  text
    .trim()
    .split(/\r?\n/)
    .flatMap((line) => wrapLine(line, width - indent.length))
    .map((line) => `${indent}${line}`.trimEnd())
    .join('\n')

const words = (block: Block): string => {
  switch (block.type) {
    case 'heading':
    case 'text':
    case 'small':
      return wrap(block.text)
    case 'button':
      return `${wrap(`${block.label}:`)}\n${block.href}`
    case 'code':
      return `${wrap(`${block.label}:`)}\n\n    ${block.code}`
    case 'quote':
      return `${wrap(`${block.by}:`)}\n${wrap(block.text, '> ')}`
    case 'facts':
      return block.facts.map(([label, value]) => wrap(`${label}: ${value}`)).join('\n')
  }
}

/** The text part: 72 columns, addresses in full. */
export const textPart = ({ blocks, footer, sender }: Letter) => {
  const lines = [...blocks.map(words), ['-- ', sender.name, ...footer.map((line) => wrap(line))].join('\n')]
  return `${lines.join('\n\n')}\n`
}
