// Writes src/web/ui/icons.gen.ts from the lucide icons named here. Run after changing the list: node scripts/icons.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const names = `
  arrow-left arrow-right arrow-up-down ban book-open building-2 calendar-clock check chevron-down chevron-left
  chevron-right chevrons-up-down circle-alert circle-check clock cloud-alert download ellipsis external-link eye eye-off fingerprint
  file file-archive file-spreadsheet file-text globe hand history house image inbox info key-round link lock log-out
  mail megaphone menu message-circle-reply monitor paperclip pencil phone plus printer reply rotate-ccw search send settings
  shield-check siren sliders-horizontal smartphone ticket trash-2 triangle-alert unplug user-plus user-round users x
`
  .trim()
  .split(/\s+/)

const body = (name) =>
  readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8')
    .replace(/<!--.*?-->|<svg[^>]*>|<\/svg>/gs, '')
    .replace(/\s*\n\s*/g, '')
    .replaceAll(' />', '/>')

const lines = names.map((name) => `  '${name}': '${body(name)}',`)
const header = '// Written by scripts/icons.mjs from lucide (ISC licence, lucide.dev). Do not edit.\n'
writeFileSync('src/web/ui/icons.gen.ts', `${header}export const icons = {\n${lines.join('\n')}\n}\n`)
console.log(`${names.length} icons`)
