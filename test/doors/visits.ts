import { formFor } from '#test/doors/forms.ts'
import { fill, type Route } from '#test/doors/routes.ts'
import { type Answer, browser, type Person, sessionOf, stranger, type World } from '#test/world.ts'

export type Ids = { ticket: string; attachment: string; session: string; person: string }

const KIND: Record<string, keyof Ids> = {
  tickets: 'ticket',
  attachments: 'attachment',
  sessions: 'session',
  people: 'person',
}

/** What `:id` is of in this route, by its first word; throws for a word that nobody told. */
const kindOf = (route: Route): keyof Ids => {
  const kind = KIND[route.path.split('/')[2] ?? '']
  if (!kind) throw new Error(`${route.path}: say what :id is of, in test/doors/visits.ts`)
  return kind
}

export const hasId = (route: Route) => route.path.includes('/:id')

/** The address of a portal route, about these things. */
export const addressOf = (route: Route, ids: Ids) =>
  fill(route, hasId(route) ? { id: ids[kindOf(route)] } : {})

/** One request as somebody, in a session of its own, because some routes end the session. */
export const visit = async (w: World, who: Person | undefined, route: Route, ids: Ids): Promise<Answer> => {
  const token = who && (await sessionOf(who))
  const at = token ? browser(`portal=${token}`, token) : stranger
  const path = addressOf(route, ids)
  return route.method === 'GET' ? at.get(path) : at.post(path, formFor(w, route))
}
