import { unescaped } from '#test/pages.ts'
import type { Answer } from '#test/world.ts'

type Visitor = { get(path: string): Promise<Answer> }

const linksOf = (text: string) =>
  [...text.matchAll(/\b(?:href|src|action)="(\/[^"#]*)/g)].map(([, path = '']) => unescaped(path))

/** Every page that links of these lead to, read by GET; throws on a broken link and when there is no end to them. */
export const crawl = async (
  who: Visitor,
  starts: string[],
): Promise<{ pages: number; text: string; html: string }> => {
  const waiting = [...starts]
  const seen = new Set<string>()
  const texts: string[] = []
  const html: string[] = []
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    if (seen.size > 1_500) throw new Error('the links never end')
    const answer = await who.get(path)
    // a form's address is an action for POST, which a reader only finds missing
    if (
      answer.status >= 400 &&
      !/\/(replies|closure|reopening|participants|reading|endings?|logout)$/.test(path)
    )
      throw new Error(`${path}: ${answer.status}`)
    texts.push(`${path}\n${JSON.stringify([...answer.headers])}\n${answer.text}`)
    if (answer.headers.get('content-type')?.startsWith('text/html')) html.push(answer.text)
    waiting.push(...linksOf(answer.text))
  }
  return { pages: seen.size, text: texts.join('\n'), html: html.join('\n') }
}
