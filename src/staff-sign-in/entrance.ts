import { Hono } from 'hono'
import { enrollment } from '#src/staff-sign-in/enrollment.tsx'
import { staffLinks } from '#src/staff-sign-in/links.tsx'
import { staffSignIn } from '#src/staff-sign-in/login.tsx'
import type { PublicEnv } from '#src/web/context.ts'

/** Everything of the staff app that needs no session, below /staff/login. */
export const staffEntrance = new Hono<PublicEnv>()
  .route('/', staffSignIn)
  .route('/', staffLinks)
  .route('/enrollment', enrollment)
