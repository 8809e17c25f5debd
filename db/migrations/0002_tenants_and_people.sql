create table tenant (
  tenant_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  name text not null check (length(name) between 1 and 120),
  locale text not null default 'en-US',
  time_zone text not null default 'UTC',
  support_email text not null,
  support_phone text,
  desk_hours text,
  welcome text,
  brand_color text not null default '#175c70' check (brand_color ~ '^#[0-9a-f]{6}$'),
  logo bytea,
  logo_hash text,
  logo_type text check (logo_type in ('image/svg+xml', 'image/png')),
  settings jsonb not null default '{}',
  created_at timestamptz(3) not null default now(),
  suspended_at timestamptz(3)
);
select protect('tenant');
select allow('tenant', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant');
select allow('tenant', 'cp_public', 'select', 'tenant_id = :tenant');
grant select (tenant_id, slug, name, locale, time_zone, support_email, support_phone, desk_hours, welcome, brand_color,
  logo, logo_hash, logo_type, settings) on tenant to cp_public, cp_portal, cp_preview;
grant select, insert, update on tenant to cp_system;

-- A tenant's own host names: looked up before a tenant is known.
create table tenant_host (
  tenant_id uuid not null references tenant on delete cascade,
  host text not null unique check (host = lower(host)),
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, host)
);
select protect('tenant_host');
grant select, insert, delete on tenant_host to cp_system;

create table company (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  name_key text not null,
  source text,
  external_id text,
  created_at timestamptz(3) not null default now(),
  archived_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, source, external_id)
);
create index company_name_key on company (tenant_id, name_key);
select protect('company');
select allow('company', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and id = :company');
grant select (tenant_id, id, name) on company to cp_portal, cp_preview;
grant select, insert, update on company to cp_system;

create table role (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  preset text check (preset in ('viewer', 'user', 'approver', 'accounting', 'manager', 'admin')),
  permissions text[] not null default '{}',
  assignable boolean not null default false,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name),
  unique (tenant_id, preset)
);
select protect('role');
grant select, insert, update, delete on role to cp_system;

create table contact (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  email text,
  email_key text,
  title text,
  phone text,
  mobile text,
  role_id uuid,
  invited_at timestamptz(3),
  disabled_at timestamptz(3),
  first_sign_in_at timestamptz(3),
  last_sign_in_at timestamptz(3),
  locale text,
  time_zone text,
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  source text,
  external_id text,
  created_at timestamptz(3) not null default now(),
  archived_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, company_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, role_id) references role (tenant_id, id)
);
create unique index contact_company_email on contact (tenant_id, company_id, email_key);
create index contact_role on contact (tenant_id, role_id);
-- A company belongs to one tenant. Without this the planner multiplies the two conditions, expects one row where there are
-- thousands, and loops: in a company of 20,000 tickets a list took more than 15 s instead of 1 ms.
create statistics contact_company (dependencies) on tenant_id, company_id from contact;
-- The named exception to "tenant first": a sign-in request starts from an address alone.
create index contact_email_key on contact (email_key);
select protect('contact');
select allow('contact', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company');
grant select (tenant_id, id, company_id, name, email, title, role_id, disabled_at, archived_at) on contact to cp_portal, cp_preview;
grant select, insert, update on contact to cp_system;

create table staff_member (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  email text,
  email_key text,
  title text,
  source text,
  external_id text,
  created_at timestamptz(3) not null default now(),
  disabled_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, email_key),
  unique (tenant_id, source, external_id)
);
select protect('staff_member');
select allow('staff_member', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant');
grant select (tenant_id, id, name, title) on staff_member to cp_portal, cp_preview;
grant select, insert, update on staff_member to cp_system;

-- Numbers that people see (ticket 4812): one gap-tolerant sequence for each tenant and name.
create table counter (
  tenant_id uuid not null references tenant,
  name text not null,
  value bigint not null,
  primary key (tenant_id, name)
);
select protect('counter');
select allow('counter', 'cp_portal', 'select', 'tenant_id = :tenant');
select allow('counter', 'cp_portal', 'insert', 'tenant_id = :tenant');
select allow('counter', 'cp_portal', 'update', 'tenant_id = :tenant');
grant select, insert, update on counter to cp_portal, cp_system;
