-- A request to sign in names no tenant yet (or only the one whose page it came from): nothing here is found through a tenant.
create table login_request (
  id uuid primary key,
  for_tenant uuid,
  -- the tenant's own host that the request came to; null is the installation's address
  host text,
  email text not null check (length(email) <= 254),
  email_key text not null,
  browser_hash bytea not null,
  ip inet,
  user_agent text,
  next_path text,
  wrong_tries integer not null default 0,
  state text not null default 'open' check (state in ('open', 'limited', 'replaced', 'used')),
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index login_request_email on login_request (email_key, created_at);
create index login_request_browser on login_request (browser_hash, created_at);
alter table login_request enable row level security;
alter table login_request force row level security;
create policy owner on login_request to current_user using (true) with check (true);
create policy system on login_request to cp_system using (true) with check (true);
grant select, insert, update, delete on login_request to cp_system;

-- One link and one code for each contact that the request's address belongs to. Only hashes are stored.
create table login_link (
  tenant_id uuid not null references tenant,
  id uuid not null,
  request_id uuid not null,
  contact_id uuid not null,
  company_id uuid not null,
  token_hash bytea not null,
  code_hash bytea not null,
  browser_hash bytea not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  revoked_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  unique (tenant_id, request_id, contact_id),
  foreign key (tenant_id, company_id, contact_id) references contact (tenant_id, company_id, id)
);
create index login_link_contact on login_link (tenant_id, contact_id);
-- Codes are typed in a browser that knows its request, not its tenant.
create index login_link_request on login_link (request_id);
select protect('login_link');
grant select, insert, update, delete on login_link to cp_system;

create table session (
  tenant_id uuid not null references tenant,
  id uuid not null,
  contact_id uuid not null,
  company_id uuid not null,
  token_hash bytea not null,
  link_id uuid,
  ip inet,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, company_id, contact_id) references contact (tenant_id, company_id, id)
);
create index session_contact on session (tenant_id, contact_id);
select protect('session');
grant select, insert, update, delete on session to cp_system;

-- A browser that has signed in with an address before keeps a bucket of its own, so that strangers can't lock it out.
create table known_browser (
  email_key text not null,
  browser_hash bytea not null,
  seen_at timestamptz(3) not null default now(),
  primary key (email_key, browser_hash)
);
create index known_browser_hash on known_browser (browser_hash);
alter table known_browser enable row level security;
alter table known_browser force row level security;
create policy owner on known_browser to current_user using (true) with check (true);
create policy system on known_browser to cp_system using (true) with check (true);
grant select, insert, update, delete on known_browser to cp_system;

-- Counts of requests in a window, shared by all processes.
create table rate_count (
  name text not null,
  key text not null,
  window_start timestamptz(3) not null,
  count integer not null,
  primary key (name, key, window_start)
);
alter table rate_count enable row level security;
alter table rate_count force row level security;
create policy owner on rate_count to current_user using (true) with check (true);
create policy system on rate_count to cp_system using (true) with check (true);
grant select, insert, update, delete on rate_count to cp_system;

-- A one-time link that creates a tenant (an empty install, or "npm run tenant -- add"). Only its hash is stored.
create table setup_link (
  id uuid primary key,
  token_hash bytea not null unique,
  slug text,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  used_at timestamptz(3)
);
alter table setup_link enable row level security;
alter table setup_link force row level security;
create policy owner on setup_link to current_user using (true) with check (true);
create policy system on setup_link to cp_system using (true) with check (true);
grant select, insert, update on setup_link to cp_system;
