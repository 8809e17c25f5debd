-- Companies, contacts, portal users and roles, as staff change them.

-- The role of somebody who is invited without one being chosen.
alter table role add column by_default boolean not null default false;
update role set by_default = true where preset = 'user';
create unique index role_default on role (tenant_id) where by_default;
select allow('role', 'cp_staff', 'insert', 'tenant_id = :tenant and preset is null');
select allow('role', 'cp_staff', 'update', 'tenant_id = :tenant');
select allow('role', 'cp_staff', 'delete', 'tenant_id = :tenant and preset is null');
grant insert (tenant_id, id, name, permissions, assignable), update (name, permissions, assignable, by_default), delete on role to cp_staff;

-- Which roles a company's people may hold; a company without rows here may hold every one.
create table company_role (
  tenant_id uuid not null references tenant,
  company_id uuid not null,
  role_id uuid not null,
  primary key (tenant_id, company_id, role_id),
  foreign key (tenant_id, company_id) references company (tenant_id, id),
  foreign key (tenant_id, role_id) references role (tenant_id, id)
);
create index company_role_role on company_role (tenant_id, role_id);
select protect('company_role');
select allow('company_role', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('company_role', 'cp_staff', 'insert', 'tenant_id = :tenant');
select allow('company_role', 'cp_staff', 'delete', 'tenant_id = :tenant');
select allow('company_role', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company');
grant select, insert, delete on company_role to cp_staff;
grant select on company_role to cp_portal, cp_preview;
grant select, insert, delete on company_role to cp_system;

-- The invitation that counts: its mail has the dedupe key 'invitation <id>', its link names it.
alter table contact add column invitation_id uuid;
create unique index contact_invitation on contact (tenant_id, invitation_id);
create index contact_name on contact (tenant_id, name, id);
create index contact_in_company on contact (tenant_id, company_id, name, id);

-- Disabling somebody ends her sessions. Staff never see a token's hash.
select allow('session', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('session', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select (tenant_id, id, contact_id, company_id, ip, user_agent, created_at, last_seen_at, expires_at, ended_at) on session to cp_staff;
grant update (ended_at) on session to cp_staff;

-- Whether a mail server took an invitation.
select allow('mail', 'cp_staff', 'select', 'tenant_id = :tenant');
grant select (tenant_id, id, kind, contact_id, dedupe_key, state, created_at, done_at) on mail to cp_staff;

-- What happened at one company.
create index audit_event_at_company on audit_event (tenant_id, company_id, at desc, id desc) where company_id is not null;
