import { asOwner } from '#test/database.ts'

export const ROLES = ['cp_public', 'cp_portal', 'cp_preview', 'cp_staff', 'cp_system', 'cp_worker'] as const

type Table = { name: string; tenant: boolean; not_null: boolean | null; enabled: boolean; forced: boolean }

/** Every table of ours; `tenant`: it has a tenant_id. */
export const tables = () =>
  asOwner<Table>(`
    select c.relname as name, a.attnum is not null as tenant, a.attnotnull as not_null,
      c.relrowsecurity as enabled, c.relforcerowsecurity as forced
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)

/** Table → its columns. */
export const columns = async () => {
  const rows = await asOwner<{ name: string; columns: string[] }>(`
    select table_name as name, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.columns where table_schema = 'public' group by 1`)
  return new Map(rows.map((row) => [row.name, row.columns]))
}

/** What each role (or PUBLIC) may do with each table: `cp_portal ticket select`, by table or by column. */
export const grants = () =>
  asOwner<{ role: string; name: string; command: string }>(`
    select distinct coalesce(r.rolname, 'PUBLIC') as role, c.relname as name, lower(x.privilege_type) as command
    from pg_class c
      cross join lateral (
        select * from aclexplode(c.relacl) union all
        select e.* from pg_attribute a cross join lateral aclexplode(a.attacl) e where a.attrelid = c.oid) x
      left join pg_roles r on r.oid = x.grantee
    where c.relnamespace = 'public'::regnamespace and x.grantee <> c.relowner order by 1, 2, 3`)

type Policy = { name: string; policy: string; roles: string[]; command: string; condition: string }

/** Each policy with the roles and commands (`*` for all) that it is for, and both its conditions. */
export const policies = () =>
  asOwner<Policy>(`
    select c.relname as name, p.polname as policy, p.polcmd::text as command,
      array(select case when x = 0 then 'PUBLIC' else x::regrole::text end from unnest(p.polroles) x) as roles,
      concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as condition
    from pg_policy p join pg_class c on c.oid = p.polrelid order by 1, 2`)

/** First columns of every key and index of the tables that have a tenant: here, and for foreign keys over there. */
export const keys = () =>
  asOwner<{ name: string; here: string; there: string | null }>(`
    with first as (
      select c.conname as name, c.conrelid as here, c.conkey[1] as column, c.confrelid as there, c.confkey[1] as far
      from pg_constraint c where c.contype in ('p', 'u', 'f')
      union
      select x.indexrelid::regclass::text, x.indrelid, x.indkey[0], 0, null from pg_index x)
    select f.name, coalesce(a.attname, '(expression)') as here, b.attname as there
    from first f join pg_class t on t.oid = f.here and t.relnamespace = 'public'::regnamespace
      join pg_attribute tenant on tenant.attrelid = t.oid and tenant.attname = 'tenant_id'
      left join pg_attribute a on a.attrelid = f.here and a.attnum = f.column
      left join pg_attribute b on b.attrelid = f.there and b.attnum = f.far
    order by 1`)

/** What the app's roles own, in words; nothing is the answer but for the worker. */
export const belongings = () =>
  asOwner<{ role: string; what: string }>(`
    select r.rolname as role, pg_describe_object(d.classid, d.objid, d.objsubid) as what
    from pg_shdepend d join pg_roles r on r.oid = d.refobjid
    where d.deptype = 'o' and d.refclassid = 'pg_authid'::regclass and r.rolname like 'cp\\_%'
      and d.dbid = (select oid from pg_database where datname = current_database()) order by 1, 2`)

type Role = { role: string; powers: boolean; memberships: number; config: string[] | null }

export const roles = () =>
  asOwner<Role>(`
    select rolname as role, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powers,
      rolconfig as config, (select count(*) from pg_auth_members m where m.member = r.oid) as memberships
    from pg_roles r where rolname like 'cp\\_%' order by 1`)

type Definer = { name: string; config: string[] | null; owner: string; everybody: boolean }

/** Functions that run with their owner's rights, anywhere in the database. */
export const definers = () =>
  asOwner<Definer>(`
    select p.oid::regprocedure::text as name, p.proconfig as config, p.proowner::regrole::text as owner,
      has_function_privilege('public', p.oid, 'execute') as everybody
    from pg_proc p where p.prosecdef and p.pronamespace <> 'pg_catalog'::regnamespace order by 1`)

/** Everything that somebody was given, one line each, for the golden file: objects, columns, schemas, functions. */
export const grantLines = async () => {
  const rows = await asOwner<{ line: string }>(`
    with acl as (
      select 'table ' || c.relname as object, x.* from pg_class c cross join lateral aclexplode(c.relacl) x
        where c.relnamespace = 'public'::regnamespace and x.grantee <> c.relowner
      union all
      select format('table %s (%s)', c.relname, string_agg(a.attname, ', ' order by a.attname)), x.*
        from pg_class c join pg_attribute a on a.attrelid = c.oid cross join lateral aclexplode(a.attacl) x
        where c.relnamespace = 'public'::regnamespace group by c.relname, x.grantor, x.grantee, x.privilege_type, x.is_grantable
      union all
      select 'schema ' || n.nspname, x.* from pg_namespace n cross join lateral aclexplode(n.nspacl) x
        where n.nspname in ('public', 'graphile_worker') and x.grantee <> n.nspowner
      union all
      select 'function ' || p.proname, x.* from pg_proc p
        cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
        where p.pronamespace = 'public'::regnamespace and x.grantee <> p.proowner
      union all
      select 'database', x.* from pg_database d cross join lateral aclexplode(d.datacl) x
        where d.datname = current_database() and x.grantee <> d.datdba)
    select format('%s: %s %s%s', case when grantee = 0 then 'PUBLIC' else grantee::regrole::text end, object,
      string_agg(lower(privilege_type), ', ' order by privilege_type),
      case when bool_or(is_grantable) then ' with grant option' else '' end) as line
    from acl group by grantee, object order by 1`)
  return rows.map(({ line }) => line)
}
