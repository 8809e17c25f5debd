/** Every internal link. Pages, redirects, mails and tests build addresses here and nowhere else. */
const query = (params: Record<string, string | undefined>) => {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length ? `?${new URLSearchParams(given)}` : ''
}

export const paths = {
  home: () => '/portal',
  login: (params: { tenant?: string; next?: string } = {}) => `/portal/login${query(params)}`,
  loginCode: (params: { request: string; tenant?: string }) => `/portal/login/code${query(params)}`,
  loginVerify: (params: { tenant?: string } = {}) => `/portal/login/verify${query(params)}`,
  logout: () => '/portal/logout',
  tickets: (filter: Record<string, string | undefined> = {}) => `/portal/tickets${query(filter)}`,
  newTicket: () => '/portal/tickets/new',
  ticket: (id: string) => `/portal/tickets/${id}`,
  ticketReplies: (id: string) => `/portal/tickets/${id}/replies`,
  ticketClosure: (id: string) => `/portal/tickets/${id}/closure`,
  ticketReopening: (id: string) => `/portal/tickets/${id}/reopening`,
  ticketParticipants: (id: string) => `/portal/tickets/${id}/participants`,
  ticketReading: (id: string) => `/portal/tickets/${id}/reading`,
  attachment: (id: string) => `/portal/attachments/${id}`,
  sessions: () => '/portal/sessions',
  sessionEnding: (id: string) => `/portal/sessions/${id}/ending`,
  sessionEndings: () => '/portal/sessions/endings',
  brand: (slug: string, hash: string) => `/brand/${slug}/${hash}.css`,
  logo: (slug: string, hash: string) => `/brand/${slug}/${hash}/logo`,
  setup: (token?: string) => (token ? `/setup#t=${token}` : '/setup'),
  setupDone: (params: { tenant?: string }) => `/setup/done${query(params)}`,
  mailbox: (to?: string) => `/mailbox${query({ to })}`,
  mailboxMail: (id: string) => `/mailbox/${id}`,
  mailboxHtml: (id: string) => `/mailbox/${id}/html`,
  demo: (search?: string) => `/demo${query({ q: search })}`,
  demoSignIn: (request: string) => `/demo/${request}`,
  staff: {
    home: () => '/staff',
    login: (params: { tenant?: string | undefined; next?: string | undefined } = {}) =>
      `/staff/login${query(params)}`,
    logout: () => '/staff/logout',
    security: () => '/staff/security',
    tickets: (filter: Record<string, string | undefined> = {}) => `/staff/tickets${query(filter)}`,
    companies: (filter: Record<string, string | undefined> = {}) => `/staff/companies${query(filter)}`,
    users: (filter: Record<string, string | undefined> = {}) => `/staff/users${query(filter)}`,
    approvals: () => '/staff/approvals',
    roles: () => '/staff/roles',
    team: () => '/staff/team',
    audit: (filter: Record<string, string | undefined> = {}) => `/staff/audit${query(filter)}`,
    settings: () => '/staff/settings',
  },
}
