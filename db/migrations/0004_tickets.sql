create table category (
  tenant_id uuid not null references tenant,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  confidential boolean not null default false,
  position integer not null default 0,
  archived_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
select protect('category');
select allow('category', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant');
grant select on category to cp_portal, cp_preview;
grant select, insert, update on category to cp_system;

-- confidential and visible_to (requester and participants) stand on every row that belongs to a ticket, because a policy
-- may look at its own row only; tickets/visibility.ts writes them, in the transaction that changes them.
create table ticket (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  number bigint not null,
  subject text not null check (length(subject) between 1 and 200),
  status text not null default 'new'
    check (status in ('new', 'in_progress', 'scheduled', 'waiting_client', 'waiting_supplier', 'solved', 'closed')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  category_id uuid,
  requester_id uuid not null,
  assignee_id uuid,
  confidential boolean not null default false,
  visible_to uuid[] not null,
  via text not null default 'portal' check (via in ('portal', 'staff', 'import', 'mail', 'concierge')),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  status_since timestamptz(3) not null default now(),
  replies integer not null default 0,
  excerpt text not null default '',
  excerpt_by text not null default '',
  excerpt_contact_id uuid,
  source text,
  external_id text,
  primary key (tenant_id, id),
  unique (tenant_id, company_id, id),
  unique (tenant_id, number),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, company_id, requester_id) references contact (tenant_id, company_id, id),
  foreign key (tenant_id, category_id) references category (tenant_id, id),
  foreign key (tenant_id, assignee_id) references staff_member (tenant_id, id)
);
create index ticket_activity on ticket (tenant_id, company_id, updated_at desc, id desc);
create index ticket_opened on ticket (tenant_id, company_id, created_at desc, id desc);
create index ticket_open on ticket (tenant_id, company_id, updated_at desc, id desc) where status not in ('solved', 'closed');
-- With what the policy asks for, so that the tabs' numbers come from the index alone. An index row has room for 150 people;
-- tickets/policy.ts lets 100 on a ticket.
create index ticket_status on ticket (tenant_id, company_id, status, updated_at desc) include (confidential, visible_to);
-- For the nightly closing of solved tickets, one tenant after the other.
create index ticket_solved on ticket (tenant_id, status_since) where status = 'solved';
-- What the planner must know of columns that hang together: see contact_company.
create statistics ticket_company (dependencies) on tenant_id, company_id from ticket;
select protect('ticket');
select allow('ticket', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company and :visible');
select allow('ticket', 'cp_portal', 'insert', 'tenant_id = :tenant and company_id = :company and :contact = any (visible_to)');
select allow('ticket', 'cp_portal', 'update', 'tenant_id = :tenant and company_id = :company and :visible');
grant select (tenant_id, id, company_id, number, subject, status, priority, category_id, requester_id, assignee_id,
  confidential, visible_to, via, created_at, updated_at, status_since, replies, excerpt, excerpt_by, excerpt_contact_id)
  on ticket to cp_portal, cp_preview;
grant insert (tenant_id, id, company_id, number, subject, status, priority, category_id, requester_id, confidential, visible_to,
  via, excerpt, excerpt_by, excerpt_contact_id) on ticket to cp_portal;
grant update (status, status_since, updated_at, visible_to, replies, excerpt, excerpt_by, excerpt_contact_id) on ticket to cp_portal;
grant select, insert, update on ticket to cp_system;

create table ticket_participant (
  tenant_id uuid not null references tenant,
  ticket_id uuid not null,
  contact_id uuid not null,
  company_id uuid not null,
  confidential boolean not null,
  visible_to uuid[] not null,
  added_at timestamptz(3) not null default now(),
  primary key (tenant_id, ticket_id, contact_id),
  foreign key (tenant_id, company_id, ticket_id) references ticket (tenant_id, company_id, id),
  foreign key (tenant_id, company_id, contact_id) references contact (tenant_id, company_id, id)
);
create index ticket_participant_contact on ticket_participant (tenant_id, contact_id, ticket_id);
create statistics ticket_participant_company (dependencies) on tenant_id, company_id, contact_id, ticket_id from ticket_participant;
select protect('ticket_participant');
select allow('ticket_participant', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company and :visible');
select allow('ticket_participant', 'cp_portal', 'insert', 'tenant_id = :tenant and company_id = :company and :visible');
select allow('ticket_participant', 'cp_portal', 'update', 'tenant_id = :tenant and company_id = :company and :visible');
grant select on ticket_participant to cp_portal, cp_preview;
grant insert, update (visible_to) on ticket_participant to cp_portal;
grant select, insert, update, delete on ticket_participant to cp_system;

create table ticket_message (
  tenant_id uuid not null references tenant,
  id uuid not null,
  ticket_id uuid not null,
  company_id uuid not null,
  confidential boolean not null,
  visible_to uuid[] not null,
  internal boolean not null,
  author_contact_id uuid,
  author_staff_id uuid,
  author_name text not null,
  body text not null check (length(body) <= 100000),
  via text not null default 'portal' check (via in ('portal', 'staff', 'import', 'mail', 'concierge')),
  created_at timestamptz(3) not null default now(),
  source text,
  external_id text,
  primary key (tenant_id, id),
  unique (tenant_id, company_id, id),
  unique (tenant_id, source, external_id),
  foreign key (tenant_id, company_id, ticket_id) references ticket (tenant_id, company_id, id),
  foreign key (tenant_id, company_id, author_contact_id) references contact (tenant_id, company_id, id),
  foreign key (tenant_id, author_staff_id) references staff_member (tenant_id, id),
  check (num_nonnulls(author_contact_id, author_staff_id) <= 1),
  check (author_contact_id is null or not internal)
);
create index ticket_message_thread on ticket_message (tenant_id, ticket_id, created_at, id);
create statistics ticket_message_company (dependencies) on tenant_id, company_id, ticket_id from ticket_message;
select protect('ticket_message');
select allow('ticket_message', 'cp_portal, cp_preview', 'select',
  'tenant_id = :tenant and company_id = :company and not internal and :visible');
select allow('ticket_message', 'cp_portal', 'insert',
  'tenant_id = :tenant and company_id = :company and not internal and author_contact_id = :contact and :visible');
select allow('ticket_message', 'cp_portal', 'update',
  'tenant_id = :tenant and company_id = :company and not internal and :visible');
grant select (tenant_id, id, ticket_id, company_id, confidential, visible_to, internal, author_contact_id, author_staff_id,
  author_name, body, via, created_at) on ticket_message to cp_portal, cp_preview;
grant insert (tenant_id, id, ticket_id, company_id, confidential, visible_to, internal, author_contact_id, author_name, body, via)
  on ticket_message to cp_portal;
grant update (visible_to) on ticket_message to cp_portal;
grant select, insert, update on ticket_message to cp_system;

create table ticket_event (
  tenant_id uuid not null references tenant,
  id uuid not null,
  ticket_id uuid not null,
  company_id uuid not null,
  confidential boolean not null,
  visible_to uuid[] not null,
  kind text not null check (kind in ('status', 'priority', 'assignee', 'participant_added', 'participant_removed')),
  actor_contact_id uuid,
  actor_staff_id uuid,
  actor_name text not null,
  data jsonb not null default '{}',
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id, ticket_id) references ticket (tenant_id, company_id, id)
);
create index ticket_event_thread on ticket_event (tenant_id, ticket_id, created_at, id);
create statistics ticket_event_company (dependencies) on tenant_id, company_id, ticket_id from ticket_event;
select protect('ticket_event');
select allow('ticket_event', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company and :visible');
select allow('ticket_event', 'cp_portal', 'insert',
  'tenant_id = :tenant and company_id = :company and actor_contact_id = :contact and :visible');
select allow('ticket_event', 'cp_portal', 'update', 'tenant_id = :tenant and company_id = :company and :visible');
grant select on ticket_event to cp_portal, cp_preview;
grant insert (tenant_id, id, ticket_id, company_id, confidential, visible_to, kind, actor_contact_id, actor_name, data)
  on ticket_event to cp_portal;
grant update (visible_to) on ticket_event to cp_portal;
grant select, insert, update on ticket_event to cp_system;

create table attachment (
  tenant_id uuid not null references tenant,
  id uuid not null,
  ticket_id uuid not null,
  message_id uuid not null,
  company_id uuid not null,
  confidential boolean not null,
  visible_to uuid[] not null,
  internal boolean not null,
  name text not null check (length(name) between 1 and 255),
  media_type text not null,
  bytes bigint not null check (bytes >= 0),
  sha256 bytea not null,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id, ticket_id) references ticket (tenant_id, company_id, id),
  foreign key (tenant_id, company_id, message_id) references ticket_message (tenant_id, company_id, id)
);
create index attachment_ticket on attachment (tenant_id, ticket_id);
select protect('attachment');
select allow('attachment', 'cp_portal, cp_preview', 'select',
  'tenant_id = :tenant and company_id = :company and not internal and :visible');
select allow('attachment', 'cp_portal', 'insert',
  'tenant_id = :tenant and company_id = :company and not internal and :visible');
select allow('attachment', 'cp_portal', 'update',
  'tenant_id = :tenant and company_id = :company and not internal and :visible');
grant select on attachment to cp_portal, cp_preview;
grant insert (tenant_id, id, ticket_id, message_id, company_id, confidential, visible_to, internal, name, media_type, bytes, sha256)
  on attachment to cp_portal;
grant update (visible_to) on attachment to cp_portal;
grant select, insert, update on attachment to cp_system;

create table ticket_read (
  tenant_id uuid not null references tenant,
  contact_id uuid not null,
  ticket_id uuid not null,
  company_id uuid not null,
  read_at timestamptz(3) not null default now(),
  primary key (tenant_id, contact_id, ticket_id),
  foreign key (tenant_id, company_id, contact_id) references contact (tenant_id, company_id, id),
  foreign key (tenant_id, company_id, ticket_id) references ticket (tenant_id, company_id, id)
);
create statistics ticket_read_company (dependencies) on tenant_id, company_id, contact_id from ticket_read;
select protect('ticket_read');
select allow('ticket_read', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company and contact_id = :contact');
select allow('ticket_read', 'cp_portal', 'insert', 'tenant_id = :tenant and company_id = :company and contact_id = :contact');
select allow('ticket_read', 'cp_portal', 'update', 'tenant_id = :tenant and company_id = :company and contact_id = :contact');
grant select on ticket_read to cp_portal, cp_preview;
grant insert, update (read_at) on ticket_read to cp_portal;
grant select, insert on ticket_read to cp_system;
