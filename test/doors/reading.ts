import { uuidv7 } from 'uuidv7'
import { fill, type Route, routesOf } from '#test/doors/routes.ts'
import { addressOf, hasId, type Ids } from '#test/doors/visits.ts'
import { send, sessionOf, type World } from '#test/world.ts'

/** The named exceptions: what reading may write. */
export const UNCHANGED_BUT = ['session.last_seen_at', 'rate_count']

/** What each parameter of an address may be: a good value, and a bad one. */
const parameters = (w: World): Record<string, [string, string]> => ({
  tab: ['closed', 'everything'],
  whose: ['mine', 'theirs'],
  q: ['printer', "%_\\'--"],
  status: ['new', 'burning'],
  priority: ['high', '0'],
  category: [uuidv7(), 'x'],
  requester: [w.alice.id, 'x'],
  from: ['2020-01-01', '2020-13-01'],
  to: ['2040-01-01', 'tomorrow'],
  sort: ['oldest', 'random'],
  after: [`1.${uuidv7()}`, '1.1'],
  before: [`9999999999999.${uuidv7()}`, '-'],
  subject: ['Hello', '<script>'],
  tenant: ['quayline', 'nobody'],
  next: ['/portal/tickets', '//evil.example'],
  request: [uuidv7(), '1'],
})

const linksOf = (text: string) =>
  [...text.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'))

/** Names of parameters that a page's links and GET forms use. */
const namesIn = (text: string) => {
  const linked = linksOf(text).flatMap((url) => [...new URL(url, 'http://x').searchParams.keys()])
  const forms = [...text.matchAll(/<form[^>]*method="get".*?<\/form>/gs)].flatMap(([form]) => [
    ...form.matchAll(/ name="([^"]+)"/g),
  ])
  return [...linked, ...forms.map(([, name = '']) => name)]
}

const addressFor = (route: Route, things: Ids) =>
  route.path.startsWith('/portal/') && hasId(route)
    ? addressOf(route, things)
    : fill(route, { slug: 'quayline', hash: 'abc123', file: 'abc123.css', request: uuidv7(), id: uuidv7() })

/** Whose eyes everything is read with: a stranger's first. */
export const readers = async (w: World): Promise<string[]> => {
  const tokens = await Promise.all([w.roles.admin, w.alice, w.bob, w.zoe].map(sessionOf))
  return ['', ...tokens.map((token) => `portal=${token}`)]
}

/**
 * GET and HEAD of every route with these cookies: bare, with each parameter and with all of them, good and bad. Answers
 * how many requests that were; throws when a page uses a parameter that isn't listed above, or an answer is a 5xx.
 */
export const readEverything = async (w: World, things: Ids, cookies: string[]): Promise<number> => {
  const known = parameters(w)
  const all = ([0, 1] as const).map((which) =>
    Object.fromEntries(Object.entries(known).map(([name, values]) => [name, values[which]])),
  )
  const each = Object.entries(known).flatMap(([name, values]) => values.map((value) => ({ [name]: value })))
  let requests = 0
  const read = async (method: string, path: string, cookie: string) => {
    const { status, text } = await send(path, { method, headers: { cookie } })
    requests += 1
    if (status >= 500) throw new Error(`${method} ${path}: ${status}`)
    const unknown = namesIn(text).filter((name) => !(name in known))
    if (unknown.length > 0) throw new Error(`${path}: say what ${unknown} may be, in test/doors/reading.ts`)
  }
  for (const [index, cookie] of cookies.entries())
    for (const route of routesOf(w.app).filter(({ method }) => method === 'GET')) {
      const path = addressFor(route, things)
      for (const query of [{}, ...all, ...(index === 1 ? each : [])])
        await read('GET', `${path}?${new URLSearchParams(query)}`, cookie)
      for (const query of [{}, ...all]) await read('HEAD', `${path}?${new URLSearchParams(query)}`, cookie)
    }
  return requests
}
