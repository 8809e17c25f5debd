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
  'GET /portal/welcome',
  'POST /portal/welcome',
  'GET /staff/login',
  'POST /staff/login',
  'GET /staff/login/code',
  'POST /staff/login/code',
  'GET /staff/login/enrollment',
  'POST /staff/login/enrollment',
  'POST /staff/login/enrollment/passkey',
  'GET /staff/login/invitation',
  'POST /staff/login/invitation',
  'POST /staff/login/passkey',
  'GET /staff/login/reset',
  'POST /staff/login/reset',
  'GET /staff/login/reset/new',
  'POST /staff/login/reset/new',
  'GET /setup',
  'POST /setup',
  // in demo and development only
  'GET /demo',
  'POST /demo',
  'POST /demo/staff',
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

/** What everybody of the MSP may do: their own sign-in, and the way out. */
export const STAFF_SIGNED_IN = [
  'GET /staff',
  'POST /staff/logout',
  'POST /staff/previews/:id/ending',
  'GET /staff/proof',
  'POST /staff/proof',
  'GET /staff/security',
  'GET /staff/security/authenticator',
  'POST /staff/security/authenticator',
  'POST /staff/security/passkeys/:id/removal',
  'GET /staff/security/passkeys/new',
  'POST /staff/security/passkeys/new',
  'POST /staff/security/password',
  'POST /staff/security/preferences',
  'POST /staff/security/recovery-codes',
  'POST /staff/security/sessions/:id/ending',
  'POST /staff/security/sessions/endings',
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
