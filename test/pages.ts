import type { Answer, Fields } from '#test/world.ts'

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" }

/** Text as a browser reads it. */
export const unescaped = (html: string) =>
  html.replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => ENTITIES[name] ?? '')

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** The tickets that a page links, in its order. */
export const ticketsIn = ({ text }: Answer): string[] => [
  ...new Set([...text.matchAll(new RegExp(`href="/portal/tickets/(${UUID})`, 'g'))].map(([, id = '']) => id)),
]

/** The attachments that a page links. */
export const filesIn = ({ text }: Answer): string[] => [
  ...new Set(
    [...text.matchAll(new RegExp(`href="/portal/attachments/(${UUID})`, 'g'))].map(([, id = '']) => id),
  ),
]

/** Where the link with these attributes leads, as `rel="next"`; undefined when the page has none. */
export const linkWith = ({ text }: Answer, attribute: string): string | undefined => {
  const tag = [...text.matchAll(/<a [^>]*>/g)].find(([link]) => link.includes(attribute))?.[0]
  const href = tag && /href="([^"]*)"/.exec(tag)?.[1]
  return href === undefined ? undefined : unescaped(href)
}

/** Values of the hidden fields, inputs and textareas of this name; of ticks, those that are set. */
export const valuesOf = ({ text }: Answer, name: string): string[] => {
  const inputs = [...text.matchAll(/<input [^>]*>/g)]
    .map(([tag]) => tag)
    .filter(
      (tag) =>
        tag.includes(` name="${name}"`) && (!/type="(radio|checkbox)"/.test(tag) || / checked/.test(tag)),
    )
    .map((tag) => / value="([^"]*)"/.exec(tag)?.[1] ?? '')
  const areas = [
    ...text.matchAll(new RegExp(`<textarea [^>]*name="${name}"[^>]*>([^<]*)</textarea>`, 'g')),
  ].map(([, value = '']) => value)
  const selects = [
    ...text.matchAll(new RegExp(`<select [^>]*name="${name}"[^>]*>(.*?)</select>`, 'gs')),
  ].flatMap(([, options = '']) =>
    [...options.matchAll(/<option [^>]*selected[^>]*>/g)].map(
      ([tag]) => / value="([^"]*)"/.exec(tag)?.[1] ?? '',
    ),
  )
  return [...inputs, ...areas, ...selects].map(unescaped)
}

/** The number beside a tab. */
export const tabCount = ({ text }: Answer, label: string): number | undefined => {
  const tabs = /<nav class="tabs-nav".*?<\/nav>/s.exec(text)?.[0] ?? ''
  const tab = [...tabs.matchAll(/<a [^>]*>(.*?)<\/a>/gs)]
    .map(([, inner = '']) => inner)
    .find((inner) => inner.startsWith(label))
  const count = tab && /(\d+)/.exec(tab.slice(label.length).replace(/<[^>]*>/g, ' '))?.[1]
  return count === undefined ? undefined : Number(count)
}

/** What a page says without its tags, spaces collapsed. */
export const wordsOf = ({ text }: Answer) =>
  unescaped(text.replace(/<(script|style|template)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ')).replace(
    /\s+/g,
    ' ',
  )

/** The second button of a reply: send and mark solved. */
export const andSolve: Fields = Object.fromEntries([['then', 'solve']])
