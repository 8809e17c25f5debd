-- Somebody of the MSP looks at the portal as a contact. The row is made when the reason is given, and becomes a session when
-- the hand-off's button is pressed; of each person at most one is not over.
create table preview_session (
  tenant_id uuid not null references tenant,
  id uuid not null,
  staff_id uuid not null,
  staff_session_id uuid not null,
  company_id uuid not null,
  contact_id uuid not null,
  reason text not null check (length(reason) between 10 and 500),
  created_at timestamptz(3) not null default now(),
  hand_off_until timestamptz(3) not null,
  token_hash bytea,
  started_at timestamptz(3),
  expires_at timestamptz(3),
  ended_at timestamptz(3),
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, staff_id) references staff_member (tenant_id, id),
  foreign key (tenant_id, company_id, contact_id) references contact (tenant_id, company_id, id),
  check (hand_off_until <= created_at + interval '60 seconds'),
  check ((started_at is null) = (token_hash is null) and (started_at is null) = (expires_at is null)),
  check (expires_at <= started_at + interval '30 minutes')
);
create unique index preview_session_one on preview_session (tenant_id, staff_id) where ended_at is null;
create index preview_session_contact on preview_session (tenant_id, company_id, contact_id);
select protect('preview_session');
select allow('preview_session', 'cp_staff', 'select', 'tenant_id = :tenant and staff_id = :staff');
select allow('preview_session', 'cp_staff', 'insert', 'tenant_id = :tenant and staff_id = :staff');
select allow('preview_session', 'cp_staff', 'update', 'tenant_id = :tenant and staff_id = :staff');
grant select (tenant_id, id, staff_id, staff_session_id, company_id, contact_id, reason, created_at, hand_off_until, started_at,
  expires_at, ended_at) on preview_session to cp_staff;
grant insert (tenant_id, id, staff_id, staff_session_id, company_id, contact_id, reason, created_at, hand_off_until),
  update (token_hash, started_at, expires_at, ended_at) on preview_session to cp_staff;
grant select, update (ended_at) on preview_session to cp_system;

-- The company's own activity page: what happened and who did it, never an address or the details. Of a preview, also the reason.
select allow('audit_event', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company');
grant select (tenant_id, id, at, company_id, actor_kind, actor_name, on_behalf_name, action, object_kind, object_id) on audit_event to cp_portal, cp_preview;
select allow('preview_session', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company');
grant select (tenant_id, id, company_id, contact_id, reason, started_at, expires_at, ended_at) on preview_session to cp_portal, cp_preview;

-- People and access: a company's administrators see its roles and let people in. Which role may be given, and by whom, is src/people/policy.ts.
select allow('role', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant');
grant select (tenant_id, id, name, preset, permissions, assignable, by_default) on role to cp_portal, cp_preview;
grant select (email_key, phone, mobile, invitation_id, invited_at, first_sign_in_at, last_sign_in_at) on contact to cp_portal, cp_preview;
select allow('contact', 'cp_portal', 'insert',
  'tenant_id = :tenant and company_id = :company and current_setting(''app.people'', true) = ''manage''');
select allow('contact', 'cp_portal', 'update',
  'tenant_id = :tenant and company_id = :company and (id = :contact or current_setting(''app.people'', true) = ''manage'')');
grant insert (tenant_id, id, company_id, name, email, email_key, title, role_id, invited_at, invitation_id),
  update (title, phone, mobile, role_id, disabled_at, invited_at, invitation_id) on contact to cp_portal;
-- Her own row holds what she may change (phone, title) beside what she may not: who comes in, and as what.
create function keep_own_access() returns trigger language plpgsql as $$
begin
  if session_user = 'cp_portal' and new.id::text = current_setting('app.contact', true)
    and (new.role_id, new.disabled_at, new.invited_at, new.invitation_id)
      is distinct from (old.role_id, old.disabled_at, old.invited_at, old.invitation_id) then
    raise insufficient_privilege using message = 'nobody changes her own access';
  end if;
  return new;
end $$;
revoke all on function keep_own_access() from public;
create trigger keep_own_access before update on contact for each row execute function keep_own_access();
-- A leaver's sessions end with her access.
select allow('session', 'cp_portal', 'select',
  'tenant_id = :tenant and company_id = :company and current_setting(''app.people'', true) = ''manage''');
select allow('session', 'cp_portal', 'update',
  'tenant_id = :tenant and company_id = :company and current_setting(''app.people'', true) = ''manage''');
grant select (tenant_id, id, contact_id, company_id, ended_at), update (ended_at) on session to cp_portal;

-- A name or address that somebody wants to change. A new address proves itself first, then staff decide.
create table profile_change (
  tenant_id uuid not null references tenant,
  id uuid not null,
  company_id uuid not null,
  contact_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) <= 254),
  name_before text not null,
  email_before text not null,
  state text not null check (state in ('proving', 'waiting', 'approved', 'refused', 'withdrawn')),
  created_at timestamptz(3) not null default now(),
  prove_until timestamptz(3),
  proved_at timestamptz(3),
  decided_at timestamptz(3),
  decided_by uuid,
  refusal text check (length(refusal) <= 1000),
  primary key (tenant_id, id),
  foreign key (tenant_id, company_id, contact_id) references contact (tenant_id, company_id, id),
  foreign key (tenant_id, decided_by) references staff_member (tenant_id, id)
);
create unique index profile_change_one on profile_change (tenant_id, contact_id) where state in ('proving', 'waiting');
create index profile_change_state on profile_change (tenant_id, state, id);
create index profile_change_contact on profile_change (tenant_id, company_id, contact_id, id);
select protect('profile_change');
select allow('profile_change', 'cp_portal, cp_preview', 'select', 'tenant_id = :tenant and company_id = :company and contact_id = :contact');
select allow('profile_change', 'cp_portal', 'insert',
  'tenant_id = :tenant and company_id = :company and contact_id = :contact and state in (''proving'', ''waiting'')');
select allow('profile_change', 'cp_portal', 'update',
  'tenant_id = :tenant and company_id = :company and contact_id = :contact and state in (''proving'', ''waiting'', ''withdrawn'')');
grant select on profile_change to cp_portal, cp_preview;
grant insert (tenant_id, id, company_id, contact_id, name, email, name_before, email_before, state, prove_until, proved_at),
  update (state, proved_at) on profile_change to cp_portal;
select allow('profile_change', 'cp_staff', 'select', 'tenant_id = :tenant');
select allow('profile_change', 'cp_staff', 'update', 'tenant_id = :tenant');
grant select, update (state, decided_at, decided_by, refusal) on profile_change to cp_staff;
grant select on profile_change to cp_system;
