/** Written from the migrated database by `npm run db:types`. */
import type { ColumnType, Generated as G } from 'kysely'

type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : G<T>

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }

export type Timestamp = ColumnType<Date, Date | string, Date | string>

export interface Announcement {
  body: Generated<string>
  created_at: Generated<Timestamp>
  id: string
  limited_to: string[] | null
  severity: 'info' | 'attention' | 'danger'
  shown_from: Timestamp
  shown_until: Timestamp | null
  tenant_id: Generated<string>
  title: string
}

export interface Attachment {
  bytes: number
  company_id: Generated<string>
  confidential: boolean
  created_at: Generated<Timestamp>
  id: string
  internal: boolean
  media_type: string
  message_id: string
  name: string
  sha256: Buffer
  tenant_id: Generated<string>
  ticket_id: string
  visible_to: string[]
}

export interface AuditChain {
  event_id: string
  hash: Buffer
  sealed_at: Generated<Timestamp>
  sequence: number
  tenant_id: Generated<string>
}

export interface AuditEvent {
  action: string
  actor_id: string | null
  actor_kind: 'contact' | 'staff' | 'system' | 'nobody'
  actor_name: string
  at: Generated<Timestamp>
  company_id: Generated<string | null>
  data: Generated<Json>
  id: string
  ip: string | null
  object_id: string | null
  object_kind: string | null
  on_behalf_id: string | null
  on_behalf_name: string | null
  tenant_id: Generated<string>
  xid: Generated<string>
}

export interface Category {
  archived_at: Timestamp | null
  confidential: Generated<boolean>
  id: string
  name: string
  position: Generated<number>
  tenant_id: Generated<string>
}

export interface Company {
  archived_at: Timestamp | null
  created_at: Generated<Timestamp>
  external_id: string | null
  id: string
  name: string
  name_key: string
  source: string | null
  tenant_id: Generated<string>
}

export interface CompanyRole {
  company_id: Generated<string>
  role_id: string
  tenant_id: Generated<string>
}

export interface Contact {
  archived_at: Timestamp | null
  company_id: Generated<string>
  created_at: Generated<Timestamp>
  disabled_at: Timestamp | null
  email: string | null
  email_key: string | null
  external_id: string | null
  first_sign_in_at: Timestamp | null
  id: string
  invitation_id: string | null
  invited_at: Timestamp | null
  last_sign_in_at: Timestamp | null
  locale: string | null
  mobile: string | null
  name: string
  phone: string | null
  role_id: string | null
  source: string | null
  tenant_id: Generated<string>
  theme: Generated<'system' | 'light' | 'dark'>
  time_zone: string | null
  title: string | null
}

export interface Counter {
  name: string
  tenant_id: Generated<string>
  value: number
}

export interface Idempotency {
  contact_id: string
  created_at: Generated<Timestamp>
  key: string
  location: string | null
  request_hash: Buffer
  tenant_id: Generated<string>
}

export interface KnownBrowser {
  browser_hash: Buffer
  email_key: string
  seen_at: Generated<Timestamp>
}

export interface LoginLink {
  browser_hash: Buffer
  code_hash: Buffer
  company_id: Generated<string>
  contact_id: string
  created_at: Generated<Timestamp>
  expires_at: Timestamp
  id: string
  request_id: string
  revoked_at: Timestamp | null
  tenant_id: Generated<string>
  token_hash: Buffer
  used_at: Timestamp | null
}

export interface LoginRequest {
  browser_hash: Buffer
  created_at: Generated<Timestamp>
  email: string
  email_key: string
  expires_at: Timestamp
  for_tenant: string | null
  host: string | null
  id: string
  ip: string | null
  next_path: string | null
  state: Generated<'open' | 'limited' | 'replaced' | 'used'>
  user_agent: string | null
  wrong_tries: Generated<number>
}

export interface Mail {
  attempts: Generated<number>
  contact_id: string | null
  created_at: Generated<Timestamp>
  data: Generated<Json>
  dedupe_key: string
  done_at: Timestamp | null
  expires_at: Timestamp | null
  id: string
  kind: string
  last_error: string | null
  message_id: string
  recipient: string
  state: Generated<'queued' | 'sent' | 'dropped' | 'failed'>
  tenant_id: Generated<string>
  thread: string | null
}

export interface PreviewSession {
  company_id: Generated<string>
  contact_id: string
  created_at: Generated<Timestamp>
  ended_at: Timestamp | null
  expires_at: Timestamp | null
  hand_off_until: Timestamp
  id: string
  reason: string
  staff_id: string
  staff_session_id: string
  started_at: Timestamp | null
  tenant_id: Generated<string>
  token_hash: Buffer | null
}

export interface ProfileChange {
  company_id: Generated<string>
  contact_id: string
  created_at: Generated<Timestamp>
  decided_at: Timestamp | null
  decided_by: string | null
  email: string
  email_before: string
  id: string
  name: string
  name_before: string
  prove_until: Timestamp | null
  proved_at: Timestamp | null
  refusal: string | null
  state: 'proving' | 'waiting' | 'approved' | 'refused' | 'withdrawn'
  tenant_id: Generated<string>
}

export interface RateCount {
  count: number
  key: string
  name: string
  window_start: Timestamp
}

export interface Role {
  assignable: Generated<boolean>
  by_default: Generated<boolean>
  created_at: Generated<Timestamp>
  id: string
  name: string
  permissions: Generated<string[]>
  preset: 'viewer' | 'user' | 'approver' | 'accounting' | 'manager' | 'admin' | null
  tenant_id: Generated<string>
}

export interface Session {
  company_id: Generated<string>
  contact_id: string
  created_at: Generated<Timestamp>
  ended_at: Timestamp | null
  expires_at: Timestamp
  id: string
  ip: string | null
  last_seen_at: Generated<Timestamp>
  link_id: string | null
  tenant_id: Generated<string>
  token_hash: Buffer
  user_agent: string | null
}

export interface SetupLink {
  created_at: Generated<Timestamp>
  expires_at: Timestamp
  id: string
  slug: string | null
  token_hash: Buffer
  used_at: Timestamp | null
}

export interface StaffIdempotency {
  created_at: Generated<Timestamp>
  key: string
  location: string | null
  request_hash: Buffer
  staff_id: string
  tenant_id: Generated<string>
}

export interface StaffMember {
  created_at: Generated<Timestamp>
  disabled_at: Timestamp | null
  email: string | null
  email_key: string | null
  external_id: string | null
  id: string
  invited_at: Timestamp | null
  last_sign_in_at: Timestamp | null
  locale: string | null
  mails: Generated<'all' | 'own' | 'none'>
  name: string
  password_hash: string | null
  password_set_at: Timestamp | null
  role: Generated<'viewer' | 'technician' | 'manager' | 'administrator'>
  source: string | null
  tenant_id: Generated<string>
  theme: Generated<'system' | 'light' | 'dark'>
  time_zone: string | null
  title: string | null
  totp_confirmed_at: Timestamp | null
  totp_last_step: Generated<number>
  totp_secret: Buffer | null
}

export interface StaffPasskey {
  created_at: Generated<Timestamp>
  credential_id: Buffer
  id: string
  last_used_at: Timestamp | null
  name: string
  public_key: Buffer
  sign_count: Generated<number>
  staff_id: string
  tenant_id: Generated<string>
  transports: Generated<string[]>
}

export interface StaffRecoveryCode {
  code_hash: Buffer
  id: string
  staff_id: string
  tenant_id: Generated<string>
  used_at: Timestamp | null
}

export interface StaffSession {
  created_at: Generated<Timestamp>
  ended_at: Timestamp | null
  expires_at: Timestamp
  id: string
  ip: string | null
  last_seen_at: Generated<Timestamp>
  method: 'password' | 'passkey'
  proved_at: Generated<Timestamp>
  staff_id: string
  tenant_id: Generated<string>
  token_hash: Buffer
  user_agent: string | null
}

export interface StaffStep {
  created_at: Generated<Timestamp>
  data: Generated<Json>
  expires_at: Timestamp
  id: string
  kind: 'second-factor' | 'passkey' | 'invitation' | 'reset'
  staff_id: string | null
  tenant_id: Generated<string>
  token_hash: Buffer
  used_at: Timestamp | null
  wrong_tries: Generated<number>
}

export interface Tenant {
  brand_color: Generated<string>
  created_at: Generated<Timestamp>
  desk_hours: string | null
  locale: Generated<string>
  logo: Buffer | null
  logo_hash: string | null
  logo_type: 'image/svg+xml' | 'image/png' | null
  name: string
  settings: Generated<Json>
  slug: string
  support_email: string
  support_phone: string | null
  suspended_at: Timestamp | null
  tenant_id: Generated<string>
  time_zone: Generated<string>
  welcome: string | null
}

export interface TenantHost {
  checked_at: Timestamp | null
  created_at: Generated<Timestamp>
  found: string | null
  host: string
  tenant_id: Generated<string>
  verified_at: Generated<Timestamp | null>
}

export interface TenantSecret {
  hint: Generated<string>
  name: 'smtp-password' | 'graph-secret' | 'claude-key'
  sealed: Buffer
  set_at: Generated<Timestamp>
  tenant_id: Generated<string>
}

export interface Ticket {
  assignee_id: string | null
  category_id: string | null
  company_id: Generated<string>
  confidential: Generated<boolean>
  created_at: Generated<Timestamp>
  excerpt: Generated<string>
  excerpt_by: Generated<string>
  excerpt_contact_id: string | null
  external_id: string | null
  id: string
  number: number
  priority: Generated<'low' | 'normal' | 'high' | 'urgent'>
  replies: Generated<number>
  requester_id: string
  source: string | null
  status: Generated<
    'new' | 'in_progress' | 'scheduled' | 'waiting_client' | 'waiting_supplier' | 'solved' | 'closed'
  >
  status_since: Generated<Timestamp>
  subject: string
  tenant_id: Generated<string>
  updated_at: Generated<Timestamp>
  via: Generated<'portal' | 'staff' | 'import' | 'mail' | 'concierge'>
  visible_to: string[]
}

export interface TicketEvent {
  actor_contact_id: string | null
  actor_name: string
  actor_staff_id: string | null
  company_id: Generated<string>
  confidential: boolean
  created_at: Generated<Timestamp>
  data: Generated<Json>
  id: string
  kind: 'status' | 'priority' | 'assignee' | 'participant_added' | 'participant_removed'
  tenant_id: Generated<string>
  ticket_id: string
  visible_to: string[]
}

export interface TicketMessage {
  author_contact_id: string | null
  author_name: string
  author_staff_id: string | null
  body: string
  company_id: Generated<string>
  confidential: boolean
  created_at: Generated<Timestamp>
  external_id: string | null
  id: string
  internal: boolean
  source: string | null
  tenant_id: Generated<string>
  ticket_id: string
  via: Generated<'portal' | 'staff' | 'import' | 'mail' | 'concierge'>
  visible_to: string[]
}

export interface TicketParticipant {
  added_at: Generated<Timestamp>
  company_id: Generated<string>
  confidential: boolean
  contact_id: string
  tenant_id: Generated<string>
  ticket_id: string
  visible_to: string[]
}

export interface TicketRead {
  company_id: Generated<string>
  contact_id: string
  read_at: Generated<Timestamp>
  tenant_id: Generated<string>
  ticket_id: string
}

export interface DB {
  announcement: Announcement
  attachment: Attachment
  audit_chain: AuditChain
  audit_event: AuditEvent
  category: Category
  company: Company
  company_role: CompanyRole
  contact: Contact
  counter: Counter
  idempotency: Idempotency
  known_browser: KnownBrowser
  login_link: LoginLink
  login_request: LoginRequest
  mail: Mail
  preview_session: PreviewSession
  profile_change: ProfileChange
  rate_count: RateCount
  role: Role
  session: Session
  setup_link: SetupLink
  staff_idempotency: StaffIdempotency
  staff_member: StaffMember
  staff_passkey: StaffPasskey
  staff_recovery_code: StaffRecoveryCode
  staff_session: StaffSession
  staff_step: StaffStep
  tenant: Tenant
  tenant_host: TenantHost
  tenant_secret: TenantSecret
  ticket: Ticket
  ticket_event: TicketEvent
  ticket_message: TicketMessage
  ticket_participant: TicketParticipant
  ticket_read: TicketRead
}

export const TENANT_TABLES: ReadonlySet<string> = new Set([
  'announcement',
  'attachment',
  'audit_chain',
  'audit_event',
  'category',
  'company',
  'company_role',
  'contact',
  'counter',
  'idempotency',
  'login_link',
  'mail',
  'preview_session',
  'profile_change',
  'role',
  'session',
  'staff_idempotency',
  'staff_member',
  'staff_passkey',
  'staff_recovery_code',
  'staff_session',
  'staff_step',
  'tenant',
  'tenant_host',
  'tenant_secret',
  'ticket',
  'ticket_event',
  'ticket_message',
  'ticket_participant',
  'ticket_read',
])

export const COMPANY_TABLES: ReadonlySet<string> = new Set([
  'attachment',
  'audit_event',
  'company_role',
  'contact',
  'login_link',
  'preview_session',
  'profile_change',
  'session',
  'ticket',
  'ticket_event',
  'ticket_message',
  'ticket_participant',
  'ticket_read',
])
