import type { Context, MiddlewareHandler } from 'hono'
import type { Db } from '#src/db/scope.ts'
import type { Contact, Staff } from '#src/viewer.ts'
import type { Form } from '#src/web/body.ts'
import type { Site } from '#src/web/site.ts'
import type { View } from '#src/web/view.ts'

/** What every handler finds in its context. */
export type AnyEnv = { Variables: { site: Site; requestId: string; address: string; view: View } }

/** Behind sign-in: the person, her transaction, and in a write the form that was sent. */
export type PortalEnv = { Variables: AnyEnv['Variables'] & { viewer: Contact; db: Db; form: Form } }

/** Staff who have signed in, their transaction, and in a write the form that was sent. */
export type StaffEnv = { Variables: AnyEnv['Variables'] & { staff: Staff; db: Db; form: Form } }

/** Without a session: the browser's own secret and in a write the form that was sent. */
export type PublicEnv = { Variables: AnyEnv['Variables'] & { browser: string; form: Form } }

/** What the shared parts need of a context, whichever surface it belongs to. */
export type AnyContext = Context<AnyEnv> | Context<PortalEnv> | Context<PublicEnv> | Context<StaffEnv>
export type PortalContext = Context<PortalEnv>
export type PublicContext = Context<PublicEnv>
export type StaffContext = Context<StaffEnv>
export type PortalHandler = MiddlewareHandler<PortalEnv>
export type StaffHandler = MiddlewareHandler<StaffEnv>
