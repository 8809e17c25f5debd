import type { Db } from '#src/db/scope.ts'
import type { Block } from '#src/mail/blocks.ts'
import type { Translate } from '#src/messages/index.ts'
import { invitationMail } from '#src/people/invitation-mail.ts'
import {
  profileAskedMail,
  profileCodeMail,
  profileDecidedMail,
  profileWaitingMail,
} from '#src/profile/mail.ts'
import { signInMail } from '#src/sign-in/mail.ts'
import { staffInvitationMail, staffResetMail } from '#src/staff-sign-in/mail.ts'
import type { Tenant } from '#src/tenants/tenant.ts'
import { deskMessageMail } from '#src/tickets/desk-mail.ts'
import { ticketAddedMail, ticketMessageMail } from '#src/tickets/mail.ts'

/** A mail as its renderer sees it. */
export type MailRow = {
  id: string
  recipient: string
  contactId: string | null
  /** What was given to `queueMail`, to be parsed. */
  data: unknown
  createdAt: Date
  expiresAt: Date | null
  /** The recipient's, else the tenant's. */
  locale: string
  timeZone: string
  t: Translate
}

/** `origin` is where this tenant's portal is reached: links are `origin + paths.…()`. */
export type MailTenant = Tenant & { origin: string }

type Rendered = {
  subject: string
  preheader: string
  blocks: Block[]
  /** Why she gets this mail; a general sentence without it. */
  why?: string
}

/**
 * Says what a mail says, at the moment it is sent; undefined when there is no longer a reason to send it. A mail may go out
 * twice, so the same row and the same records give the same text: no random values, nothing relative to now; secrets are
 * derived, not made.
 */
export type RenderMail = (db: Db, mail: MailRow, tenant: MailTenant) => Promise<Rendered | undefined>

/** Who words which mail: one line each. */
export const kinds: Record<string, RenderMail> = {
  'desk-message': deskMessageMail,
  invitation: invitationMail,
  'profile-asked': profileAskedMail,
  'profile-code': profileCodeMail,
  'profile-decided': profileDecidedMail,
  'profile-waiting': profileWaitingMail,
  'sign-in': signInMail,
  'staff-invitation': staffInvitationMail,
  'staff-reset': staffResetMail,
  'ticket-added': ticketAddedMail,
  'ticket-message': ticketMessageMail,
}
