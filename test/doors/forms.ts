import { nameOf, type Route } from '#test/doors/routes.ts'
import type { Fields, World } from '#test/world.ts'

/** A form that each write would take, so that what is refused is refused for who asks and not for what is asked. */
const forms: Record<string, (w: World) => Fields> = {
  'POST /portal/tickets': () => ({ subject: 'Door', body: 'Somebody at the door' }),
  'POST /portal/tickets/:id/replies': () => ({ body: 'Somebody at the door' }),
  'POST /portal/tickets/:id/closure': () => ({}),
  'POST /portal/tickets/:id/reopening': () => ({}),
  'POST /portal/tickets/:id/participants': (w) => ({ contact: w.samAtAcme.id }),
  'POST /portal/tickets/:id/reading': () => ({}),
  'POST /portal/sessions/:id/ending': () => ({}),
  'POST /portal/sessions/endings': () => ({ which: 'others' }),
  'POST /portal/logout': () => ({}),
}

/** The form of a write of the portal; throws when nobody said what a good one is. */
export const formFor = (w: World, route: Route): Fields => {
  const form = forms[nameOf(route)]
  if (!form) throw new Error(`${nameOf(route)}: say what a good form is, in test/doors/forms.ts`)
  return form(w)
}
