import { Hono } from 'hono'
import { paths } from '#src/paths.ts'
import { areaSettings } from '#src/settings/areas.tsx'
import { brandSettings } from '#src/settings/brand.tsx'
import { claudeSettings } from '#src/settings/claude.tsx'
import { hostSettings } from '#src/settings/hosts.tsx'
import { limitSettings } from '#src/settings/limits.tsx'
import { mailServerSettings } from '#src/settings/mail.tsx'
import type { StaffEnv } from '#src/web/context.ts'
import { staffNeeds } from '#src/web/staff-scope.ts'

export const settings = new Hono<StaffEnv>()

settings.get('/', staffNeeds('staff:settings'), (c) => c.redirect(paths.staff.settingsOf('brand'), 303))
settings.route('/brand', brandSettings)
settings.route('/hosts', hostSettings)
settings.route('/mail', mailServerSettings)
settings.route('/claude', claudeSettings)
settings.route('/limits', limitSettings)
settings.route('/areas', areaSettings)
