import { access } from '#src/messages/en/access.ts'
import { announcements } from '#src/messages/en/announcements.ts'
import { approvals } from '#src/messages/en/approvals.ts'
import { audit } from '#src/messages/en/audit.ts'
import { common } from '#src/messages/en/common.ts'
import { companies } from '#src/messages/en/companies.ts'
import { desk } from '#src/messages/en/desk.ts'
import { home } from '#src/messages/en/home.ts'
import { mail } from '#src/messages/en/mail.ts'
import { people } from '#src/messages/en/people.ts'
import { preview } from '#src/messages/en/preview.ts'
import { profile } from '#src/messages/en/profile.ts'
import { roles } from '#src/messages/en/roles.ts'
import { settings } from '#src/messages/en/settings.ts'
import { setup } from '#src/messages/en/setup.ts'
import { signIn } from '#src/messages/en/sign-in.ts'
import { staff } from '#src/messages/en/staff.ts'
import { staffSignIn } from '#src/messages/en/staff-sign-in.ts'
import { team } from '#src/messages/en/team.ts'
import { tickets } from '#src/messages/en/tickets.ts'

/** English. One file for each area; keys start with the area's name. A message without placeholders is not ICU-parsed. */
export const en = {
  ...settings,
  ...announcements,
  ...access,
  ...approvals,
  ...audit,
  ...common,
  ...companies,
  ...desk,
  ...home,
  ...mail,
  ...people,
  ...roles,
  ...preview,
  ...profile,
  ...setup,
  ...signIn,
  ...staff,
  ...staffSignIn,
  ...team,
  ...tickets,
} as const
