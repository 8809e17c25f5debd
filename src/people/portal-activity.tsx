import { Hono } from 'hono'
import { activityPage, listActivity } from '#src/people/activity.ts'
import { ActivityPage } from '#src/people/pages/activity.tsx'
import type { PortalEnv } from '#src/web/context.ts'
import { render } from '#src/web/render.tsx'
import { needs } from '#src/web/scope.ts'

export const activity = new Hono<PortalEnv>()

activity.get('/', needs('company:activity'), async (c) =>
  render(c, <ActivityPage list={await listActivity(c.var.db, activityPage(c.req.query()))} />),
)
