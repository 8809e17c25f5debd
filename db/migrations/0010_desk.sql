-- The desk: what staff filter tickets by, each in the order of the list, so that a page is read from an index and no more.
create index ticket_desk on ticket (tenant_id, updated_at desc, id desc);
-- with what the tabs count, so that their numbers come from the index alone
create index ticket_desk_open on ticket (tenant_id, updated_at desc, id desc) include (status, assignee_id)
  where status not in ('solved', 'closed');
create index ticket_desk_status on ticket (tenant_id, status, updated_at desc, id desc);
create index ticket_desk_assignee on ticket (tenant_id, assignee_id, updated_at desc, id desc);
create index ticket_desk_priority on ticket (tenant_id, priority, updated_at desc, id desc);
create index ticket_desk_category on ticket (tenant_id, category_id, updated_at desc, id desc);
create index ticket_desk_requester on ticket (tenant_id, requester_id, updated_at desc, id desc);

create index ticket_subject_prefix on ticket (tenant_id, lower(subject) text_pattern_ops);
create index contact_name_prefix on contact (tenant_id, lower(name) text_pattern_ops);
create index contact_email_prefix on contact (tenant_id, email_key text_pattern_ops);
create index company_name_prefix on company (tenant_id, name_key text_pattern_ops);

-- A ticket that becomes confidential does so with everything that belongs to it.
grant update (confidential) on ticket_message, ticket_event, attachment, ticket_participant to cp_staff;

-- Tickets that a search term may mean: by number, by the beginning of the subject, of the requester's name or address or of the
-- company's name; and, among the thousand that moved last, by any part of the subject or of what was said last.
-- Row-level security keeps conditions that are not leakproof (lower(), like) away from indexes, so this reads as the owner. It names
-- the tenant of the transaction itself and answers ids only; the list reads the tickets under its own policies.
-- Every part is bounded: at most 2,000 rows are looked at, however many tickets there are.
create function desk_search(term text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  with given as (
    select nullif(current_setting('app.tenant', true), '')::uuid as tenant, lower(term) as low, lower(term) || chr(1114111) as high)
  (select t.id from given, ticket t
    where t.tenant_id = tenant and t.number = case when term ~ '^#?[0-9]{1,12}$' then ltrim(term, '#')::bigint end)
  union
  (select t.id from given, ticket t
    where t.tenant_id = tenant and lower(t.subject) ~>=~ low and lower(t.subject) ~<~ high limit 400)
  union
  (select t.id from given,
    lateral ((select id from contact c where c.tenant_id = tenant and lower(c.name) ~>=~ low and lower(c.name) ~<~ high limit 10)
      union (select id from contact c where c.tenant_id = tenant and c.email_key ~>=~ low and c.email_key ~<~ high limit 10)) who,
    lateral (select id from ticket where tenant_id = tenant and requester_id = who.id order by updated_at desc, id desc limit 20) t)
  union
  (select t.id from given,
    lateral (select id from company c where c.tenant_id = tenant and c.name_key ~>=~ low and c.name_key ~<~ high limit 10) firm,
    lateral (select id from ticket where tenant_id = tenant and company_id = firm.id order by updated_at desc, id desc limit 20) t)
  union
  (select t.id from given,
    lateral (select id, subject, excerpt from ticket where tenant_id = tenant order by updated_at desc, id desc limit 1000) t
    where position(low in lower(t.subject)) > 0 or position(low in lower(t.excerpt)) > 0)
$$;
revoke all on function desk_search(text) from public;
grant execute on function desk_search(text) to cp_staff;
