-- The outbox. A mail's text is rendered when it is sent; what is kept here says who, about what, and how it went.
create table mail (
  tenant_id uuid not null references tenant,
  id uuid not null,
  kind text not null,
  recipient text not null,
  contact_id uuid,
  data jsonb not null default '{}',
  dedupe_key text not null,
  thread uuid,
  message_id text not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'dropped', 'failed')),
  attempts integer not null default 0,
  last_error text,
  expires_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  done_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, dedupe_key)
);
create index mail_created on mail (tenant_id, created_at desc);
create index mail_queued on mail (tenant_id, recipient, thread) where state = 'queued';
select protect('mail');
grant select, insert, update on mail to cp_system;

-- Append-only: no role of the app may change or remove a row. There is no tenant while nobody is known (sign-in).
create table audit_event (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz(3) not null default now(),
  company_id uuid,
  actor_kind text not null check (actor_kind in ('contact', 'staff', 'system', 'nobody')),
  actor_id uuid,
  actor_name text not null,
  -- whose eyes staff looked through
  on_behalf_id uuid,
  on_behalf_name text,
  action text not null,
  object_kind text,
  object_id uuid,
  ip inet,
  data jsonb not null default '{}',
  -- who wrote it, so that the chain takes only what surely nobody is still writing beside
  xid xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, id)
);
create index audit_event_at on audit_event (tenant_id, at desc, id desc);
create index audit_event_actor on audit_event (tenant_id, actor_id, at desc, id desc);
create index audit_event_company on audit_event (tenant_id, company_id, at desc, id desc) where company_id is not null;
create index audit_event_object on audit_event (tenant_id, object_id, at desc, id desc) where object_id is not null;
create index audit_event_action on audit_event (tenant_id, action, at desc, id desc);
select protect('audit_event');
select allow('audit_event', 'cp_portal', 'insert',
  'tenant_id = :tenant and company_id = :company and actor_kind = ''contact'' and actor_id = :contact');
grant insert (tenant_id, id, company_id, actor_kind, actor_id, actor_name, action, object_kind, object_id, ip, data)
  on audit_event to cp_portal;
grant select, insert (tenant_id, id, company_id, actor_kind, actor_id, actor_name, on_behalf_id, on_behalf_name, action, object_kind,
  object_id, ip, data) on audit_event to cp_system;

-- A form carries a key; its second sending gets the first one's answer. Written in the transaction of the effect.
create table idempotency (
  tenant_id uuid not null references tenant,
  contact_id uuid not null,
  key uuid not null,
  request_hash bytea not null,
  location text,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, contact_id, key),
  foreign key (tenant_id, contact_id) references contact (tenant_id, id)
);
create index idempotency_age on idempotency (tenant_id, created_at);
select protect('idempotency');
select allow('idempotency', 'cp_portal', 'select', 'tenant_id = :tenant and contact_id = :contact');
select allow('idempotency', 'cp_portal', 'insert', 'tenant_id = :tenant and contact_id = :contact');
select allow('idempotency', 'cp_portal', 'update', 'tenant_id = :tenant and contact_id = :contact');
grant select, insert, update (location) on idempotency to cp_portal;
grant select, delete on idempotency to cp_system;
