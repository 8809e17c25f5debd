/** What needs no session: each line is a decision. */
export const OPEN = [
  'GET /',
  'GET /assets/:file',
  'GET /speculation.json',
  'GET /brand/:slug/:file',
  'GET /brand/:slug/:hash/logo',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'GET /portal/login',
  'POST /portal/login',
  'GET /portal/login/code',
  'POST /portal/login/code',
  'GET /portal/login/verify',
  'POST /portal/login/verify',
  'GET /setup',
  'POST /setup',
  'GET /setup/done',
  // in demo and development only
  'GET /demo',
  'POST /demo',
  'GET /demo/:request',
  'GET /mailbox',
  'GET /mailbox/:id',
  'GET /mailbox/:id/html',
]

/** What everybody who has signed in may do. */
export const SIGNED_IN = [
  'GET /portal',
  'POST /portal/logout',
  'GET /portal/sessions',
  'POST /portal/sessions/:id/ending',
  'POST /portal/sessions/endings',
]

/** What has no tenant: who signs in is not known yet, and what counts or migrates belongs to the install. */
export const WITHOUT_TENANT = [
  'known_browser',
  'login_request',
  'rate_count',
  'schema_migration',
  'schema_migration_lock',
  'setup_link',
]

/** Keys and indexes that don't start with the tenant, because they are used before one is known. */
export const BEFORE_A_TENANT = [
  'contact_email_key',
  'login_link_request',
  'tenant_host_host_key',
  'tenant_slug_key',
]
