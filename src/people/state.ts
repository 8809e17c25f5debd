import { sql } from 'kysely'

/** How far somebody has come on the way into the portal. `open`: has a role, was never told so. `accepted`: a mail server took the invitation. */
export const ACCESS_STATES = ['none', 'open', 'invited', 'accepted', 'active', 'disabled'] as const
export type AccessState = (typeof ACCESS_STATES)[number]

/** Of the tables `contact` and `invitation`, the mail that her last invitation went out with. */
export const accessState = sql<AccessState>`case
  when contact.disabled_at is not null then 'disabled'
  when contact.role_id is null then 'none'
  when coalesce(contact.first_sign_in_at, contact.last_sign_in_at) is not null then 'active'
  when contact.invited_at is null then 'open'
  when invitation.state = 'sent' then 'accepted'
  else 'invited' end`

/** The mail's key in the outbox. */
export const invitationKey = (id: string) => `invitation ${id}`

export const isHerInvitation = sql<boolean>`invitation.dedupe_key = 'invitation ' || contact.invitation_id`
