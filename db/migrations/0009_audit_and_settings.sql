-- The chain over the audit log: written behind the writers' backs by one job, so that nobody waits for anybody.
-- hash = SHA-256 of the hash before and the row as text (src/audit/chain.ts).
create table audit_chain (
  tenant_id uuid not null,
  sequence bigint not null check (sequence > 0),
  event_id uuid not null,
  hash bytea not null,
  sealed_at timestamptz(3) not null default now(),
  primary key (tenant_id, sequence),
  unique (tenant_id, event_id)
);
select protect('audit_chain');
select allow('audit_chain', 'cp_staff', 'select', 'tenant_id = :tenant');
grant select on audit_chain to cp_staff;
grant select, insert (tenant_id, sequence, event_id, hash) on audit_chain to cp_system;

-- What nobody may read again: sealed with the installation's key. Staff may write it and see that it is there, no more.
create table tenant_secret (
  tenant_id uuid not null references tenant,
  name text not null check (name in ('smtp-password', 'graph-secret', 'claude-key')),
  sealed bytea not null,
  -- the last characters, to tell one key from another
  hint text not null default '' check (length(hint) <= 4),
  set_at timestamptz(3) not null default now(),
  primary key (tenant_id, name)
);
select protect('tenant_secret');
select allow('tenant_secret', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('tenant_secret', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('tenant_secret', 'cp_staff', 'update', 'tenant_id = :tenant');
select allow('tenant_secret', 'cp_staff', 'delete', 'tenant_id = :tenant');
grant select (tenant_id, name, hint, set_at), insert, update (sealed, hint, set_at), delete on tenant_secret to cp_staff;
grant select, insert, update (sealed) on tenant_secret to cp_system;

select allow('tenant', 'cp_staff', 'update', 'tenant_id = :tenant');
grant update (name, support_email, support_phone, desk_hours, welcome, brand_color, logo, logo_hash, logo_type, settings)
  on tenant to cp_staff;

-- A name that staff added answers once the DNS check has seen that it leads here; one that the operator added at once.
alter table tenant_host add column verified_at timestamptz(3) default now();
alter table tenant_host add column checked_at timestamptz(3);
alter table tenant_host add column found text;
grant update (verified_at) on tenant_host to cp_system;
select allow('tenant_host', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('tenant_host', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('tenant_host', 'cp_staff', 'update', 'tenant_id = :tenant');
select allow('tenant_host', 'cp_staff', 'delete', 'tenant_id = :tenant');
grant select, insert, update (verified_at, checked_at, found), delete on tenant_host to cp_staff;

select allow('category', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('category', 'cp_staff', 'update', 'tenant_id = :tenant');
grant insert, update (name, confidential, position, archived_at) on category to cp_staff;

create table announcement (
  tenant_id uuid not null references tenant,
  id uuid not null,
  title text not null check (length(title) between 1 and 120),
  body text not null default '' check (length(body) <= 1000),
  severity text not null check (severity in ('info', 'attention', 'danger')),
  -- companies that see it; null: every one
  limited_to uuid[],
  shown_from timestamptz(3) not null,
  shown_until timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  check (shown_until > shown_from)
);
create index announcement_until on announcement (tenant_id, shown_until);
select protect('announcement');
select allow('announcement', 'cp_portal, cp_preview', 'select',
  'tenant_id = :tenant and (limited_to is null or :company = any (limited_to))');
grant select on announcement to cp_portal, cp_preview;
select allow('announcement', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('announcement', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('announcement', 'cp_staff', 'update', 'tenant_id = :tenant');
select allow('announcement', 'cp_staff', 'delete', 'tenant_id = :tenant');
grant select, insert, update (title, body, severity, limited_to, shown_from, shown_until), delete on announcement to cp_staff;
grant select on announcement to cp_system;
