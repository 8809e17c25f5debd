-- How the MSP's own people sign in. Nobody but the system role sees a hash or a secret.
alter table staff_member
  add column role text not null default 'technician' check (role in ('viewer', 'technician', 'manager', 'administrator')),
  -- null: works here, but has no way in (imported people, before somebody invites them)
  add column invited_at timestamptz(3),
  add column password_hash text,
  add column password_set_at timestamptz(3),
  -- sealed with the installation's key
  add column totp_secret bytea,
  add column totp_confirmed_at timestamptz(3),
  -- a code counts once
  add column totp_last_step bigint not null default 0,
  add column last_sign_in_at timestamptz(3),
  add column locale text,
  add column time_zone text,
  add column theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  -- which mails about tickets: of all, of those that are theirs or nobody's, none
  add column mails text not null default 'own' check (mails in ('all', 'own', 'none'));

create table staff_session (
  tenant_id uuid not null references tenant,
  id uuid not null,
  staff_id uuid not null,
  token_hash bytea not null,
  method text not null check (method in ('password', 'passkey')),
  ip inet,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  -- when the second factor was last shown: secrets, roles and previews ask for a fresh one
  proved_at timestamptz(3) not null default now(),
  ended_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, staff_id) references staff_member (tenant_id, id)
);
create index staff_session_staff on staff_session (tenant_id, staff_id);
select protect('staff_session');
grant select, insert, update, delete on staff_session to cp_system;

-- What stands between a right password and a session, a passkey's challenge, an invitation, a new password: single use, short.
create table staff_step (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null check (kind in ('second-factor', 'passkey', 'invitation', 'reset')),
  staff_id uuid,
  token_hash bytea not null,
  data jsonb not null default '{}',
  wrong_tries integer not null default 0,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, staff_id) references staff_member (tenant_id, id)
);
create index staff_step_staff on staff_step (tenant_id, staff_id, kind);
select protect('staff_step');
grant select, insert, update, delete on staff_step to cp_system;

create table staff_recovery_code (
  tenant_id uuid not null references tenant,
  id uuid not null,
  staff_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz(3),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff_member (tenant_id, id)
);
create index staff_recovery_code_staff on staff_recovery_code (tenant_id, staff_id);
select protect('staff_recovery_code');
grant select, insert, update, delete on staff_recovery_code to cp_system;

create table staff_passkey (
  tenant_id uuid not null references tenant,
  id uuid not null,
  staff_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  sign_count bigint not null default 0,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 80),
  created_at timestamptz(3) not null default now(),
  last_used_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, credential_id),
  foreign key (tenant_id, staff_id) references staff_member (tenant_id, id)
);
create index staff_passkey_staff on staff_passkey (tenant_id, staff_id);
select protect('staff_passkey');
grant select, insert, update, delete on staff_passkey to cp_system;

-- What staff see: everything of their tenant that their pages need, and nothing of another.
select allow('tenant', 'cp_staff', 'select', 'tenant_id = :tenant');
grant select on tenant to cp_staff;
select allow('company', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('company', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('company', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, insert, update on company to cp_staff;
select allow('contact', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('contact', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('contact', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, insert, update on contact to cp_staff;
select allow('role', 'cp_staff', 'select', 'tenant_id = :tenant');
grant select on role to cp_staff;
select allow('category', 'cp_staff', 'select', 'tenant_id = :tenant');
grant select on category to cp_staff;
select allow('staff_member', 'cp_staff', 'select', 'tenant_id = :tenant');
grant select (tenant_id, id, name, email, title, role, invited_at, disabled_at, last_sign_in_at, created_at, mails) on staff_member to cp_staff;
select allow('ticket', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('ticket', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('ticket', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, insert, update on ticket to cp_staff;
select allow('ticket_participant', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('ticket_participant', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('ticket_participant', 'cp_staff', 'update', 'tenant_id = :tenant');
select allow('ticket_participant', 'cp_staff', 'delete', 'tenant_id = :tenant');
grant select, insert, update (visible_to), delete on ticket_participant to cp_staff;
select allow('ticket_message', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('ticket_message', 'cp_staff', 'insert', 'tenant_id = :tenant and author_staff_id = :staff');
select allow('ticket_message', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, insert, update (visible_to) on ticket_message to cp_staff;
select allow('ticket_event', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('ticket_event', 'cp_staff', 'insert', 'tenant_id = :tenant and actor_staff_id = :staff');
select allow('ticket_event', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, insert, update (visible_to) on ticket_event to cp_staff;
select allow('attachment', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('attachment', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('attachment', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, insert, update (visible_to) on attachment to cp_staff;
select allow('counter', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('counter', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('counter', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, insert, update on counter to cp_staff;
select allow('audit_event', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('audit_event', 'cp_staff', 'insert', 'tenant_id = :tenant and actor_kind = ''staff'' and actor_id = :staff');
grant select, insert (tenant_id, id, company_id, actor_kind, actor_id, actor_name, on_behalf_id, on_behalf_name, action, object_kind,
  object_id, ip, data) on audit_event to cp_staff;

-- A staff form's key, as `idempotency` is for contacts.
create table staff_idempotency (
  tenant_id uuid not null references tenant,
  staff_id uuid not null,
  key uuid not null,
  request_hash bytea not null,
  location text,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, staff_id, key),
  foreign key (tenant_id, staff_id) references staff_member (tenant_id, id)
);
create index staff_idempotency_age on staff_idempotency (tenant_id, created_at);
select protect('staff_idempotency');
select allow('staff_idempotency', 'cp_staff', 'select', 'tenant_id = :tenant and staff_id = :staff');
select allow('staff_idempotency', 'cp_staff', 'insert', 'tenant_id = :tenant and staff_id = :staff');
select allow('staff_idempotency', 'cp_staff', 'update', 'tenant_id = :tenant and staff_id = :staff');
grant select, insert, update (location) on staff_idempotency to cp_staff;
grant select, delete on staff_idempotency to cp_system;
