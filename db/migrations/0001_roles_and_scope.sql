-- The roles that the app connects with. They own nothing; passwords are set at start-up (derived from APP_SECRET).
do $$
declare
  name text;
begin
  foreach name in array array['cp_public', 'cp_portal', 'cp_preview', 'cp_staff', 'cp_system', 'cp_worker'] loop
    begin
      execute format('create role %I login', name);
    exception when duplicate_object or unique_violation then null;
    end;
    execute format('grant connect on database %I to %I', current_database(), name);
  end loop;
  execute format('revoke all on database %I from public', current_database());
  -- graphile-worker keeps its own schema, owned by the role that works on it
  execute format('grant create on database %I to cp_worker', current_database());
end $$;

alter role cp_public set statement_timeout = '15s';
alter role cp_portal set statement_timeout = '15s';
alter role cp_preview set statement_timeout = '15s';
alter role cp_preview set default_transaction_read_only = on;
alter role cp_staff set statement_timeout = '30s';
alter role cp_system set statement_timeout = '60s';
alter role cp_public set idle_in_transaction_session_timeout = '20s';
alter role cp_portal set idle_in_transaction_session_timeout = '20s';
alter role cp_preview set idle_in_transaction_session_timeout = '20s';
alter role cp_staff set idle_in_transaction_session_timeout = '20s';
alter role cp_system set idle_in_transaction_session_timeout = '60s';
alter role cp_public set lock_timeout = '5s';
alter role cp_portal set lock_timeout = '5s';
alter role cp_preview set lock_timeout = '5s';
alter role cp_staff set lock_timeout = '5s';
alter role cp_system set lock_timeout = '10s';

-- Planning costs more than running a portal's statements: one plan for a connection has to do for every scope.
-- "npm run bench -- plans" shows what it costs in small and in very large companies.
alter role cp_portal set plan_cache_mode = 'force_generic_plan';
alter role cp_preview set plan_cache_mode = 'force_generic_plan';

revoke all on schema public from public;
grant usage on schema public to cp_public, cp_portal, cp_preview, cp_staff, cp_system, cp_worker;

-- Forced row-level security, with the owner (migrations) and the system role let through.
create function protect(t regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy owner on %s to %I using (true) with check (true)', t, current_user);
  execute format('create policy system on %s to cp_system using (true) with check (true)', t);
end $$;

-- One policy. The condition may say :tenant, :company, :contact, :staff (the scope of the transaction, NULL when there is none)
-- and :visible (may this contact see a ticket's row). After a transaction a setting comes back as '', hence nullif.
create function allow(t regclass, roles text, command text, condition text) returns void language plpgsql as $$
declare
  visible constant text := '(current_setting(''app.tickets'', true) = ''all'''
    || ' or (current_setting(''app.tickets'', true) = ''company'' and not confidential)'
    || ' or (current_setting(''app.tickets'', true) in (''own'', ''company'') and :contact = any (visible_to)))';
  expression text := replace(condition, ':visible', visible);
  setting text;
begin
  foreach setting in array array['tenant', 'company', 'contact', 'staff'] loop
    expression := replace(expression, ':' || setting,
      format('nullif(current_setting(''app.%s'', true), '''')::uuid', setting));
  end loop;
  execute format('create policy %I on %s for %s to %s %s',
    replace(roles, ', ', '_') || '_' || command, t, command, roles,
    case command
      when 'select' then format('using (%s)', expression)
      when 'delete' then format('using (%s)', expression)
      when 'insert' then format('with check (%s)', expression)
      else format('using (%s) with check (%s)', expression, expression)
    end);
end $$;

revoke all on function protect(regclass), allow(regclass, text, text, text) from public;

-- The only way for a surface to leave work for later: in its own transaction, without a grant on the worker's schema.
create function enqueue(name text, payload json, job_key text default null, run_at timestamptz default null, queue text default null)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- a contact's transaction may leave word of these kinds, about its own tenant, and nothing else
  if session_user = 'cp_portal' and (name not in ('tickets:notify', 'tickets:welcome', 'people:invite', 'profile:mail') or job_key is not null or queue is not null
    or payload->>'tenant' is distinct from current_setting('app.tenant', true)) then
    raise exception 'a contact may not leave this job: %', name;
  end if;
  perform graphile_worker.add_job(
    identifier => name, payload => payload, queue_name => queue, run_at => run_at, job_key => job_key, max_attempts => 12);
end $$;
revoke all on function enqueue(text, json, text, timestamptz, text) from public;
grant execute on function enqueue(text, json, text, timestamptz, text) to cp_portal, cp_staff, cp_system;
grant cp_worker to current_user;
grant create on schema public to cp_worker;
alter function enqueue(text, json, text, timestamptz, text) owner to cp_worker;
revoke create on schema public from cp_worker;
