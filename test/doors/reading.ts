import { uuidv7 } from 'uuidv7'
import { fill, type Route, routesOf } from '#test/doors/routes.ts'
import { addressOf, type Ids } from '#test/doors/visits.ts'
import { type Person, send, sessionOf, type World } from '#test/world.ts'

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

const linksOf = (text: string) => [...text.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'))

/** Names of parameters that a page's links and GET forms use. */
const namesIn = (text: string) => {
  const linked = linksOf(text).flatMap((url) => [...new URL(url, 'http://x').searchParams.keys()])
  const forms = [...text.matchAll(/<form[^>]*method="get".*?<\/form>/gs)].flatMap(([form]) => [...form.matchAll(/ name="([^"]+)"/g)])
  return [...linked, ...forms.map(([, name = '']) => name)]
}

const public_ = (w: World, route: Route) =>
  fill(route, { slug: 'quayline', hash: 'abc123', file: 'abc123.css', request: uuidv7(), id: uuidv7() })

/**
 * GET and HEAD of every route as everybody: bare, with each parameter and with all of them, good and bad. Answers how
 * many requests that were; throws when a page uses a parameter that isn't listed above, or an answer is a 5xx.
 */
export const readEverything = async (w: World, things: Ids): Promise<number> => {
  const known = parameters(w)
  const good = new URLSearchParams(Object.entries(known).map(([name, [value]]) => [name, value]))
  const bad = new URLSearchParams(Object.entries(known).map(([name, [, value]]) => [name, value]))
  const each = Object.entries(known).flatMap(([name, values]) => values.map((value) => new URLSearchParams({ [name]: value })))
  const routes = routesOf(w.app).filter(({ method }) => method === 'GET')
  let requests = 0
  const read = async (path: string, cookie: string) => {
    for (const method of ['GET', 'HEAD']) {
      const { status, text } = await send(path, { method, headers: { cookie } })
      requests += 1
      if (status >= 500 && path !== '/readyz') throw new Error(`${method} ${path}: ${status}`)
      const unknown = namesIn(text).filter((name) => !(name in known))
      if (unknown.length > 0) throw new Error(`${path}: say what ${unknown} may be, in test/doors/reading.ts`)
    }
  }
  const people: (Person | undefined)[] = [undefined, w.roles.admin, w.alice, w.bob, w.zoe]
  for (const who of people) {
    const cookie = who ? `portal=${await sessionOf(who)}` : ''
    for (const route of routes) {
      const path = route.path.includes('/portal/') && route.path.includes('/:id') ? addressOf(route, things) : public_(w, route)
      const all = who === w.roles.admin || !who ? [...each, good, bad] : [good, bad]
      for (const query of ['', ...all.map((params) => `?${params}`)]) await read(path + query, cookie)
    }
  }
  return requests
}
