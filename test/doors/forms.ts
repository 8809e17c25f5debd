import { uuidv7 } from 'uuidv7'
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
  'POST /portal/people': () => ({ name: 'Door', email: `${uuidv7()}@door.example`, role: 'none of hers' }),
  'POST /portal/people/:id/invitation': () => ({ role: 'none of hers' }),
  'POST /portal/people/:id/role': () => ({ role: 'none of hers' }),
  'POST /portal/people/:id/disabling': () => ({}),
  'POST /portal/profile': () => ({ title: 'Doorkeeper' }),
  'POST /portal/profile/change': () => ({ name: 'Somebody at the door' }),
  'POST /portal/profile/proof': () => ({ code: '12345678' }),
  'POST /portal/profile/withdrawal': () => ({}),
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
