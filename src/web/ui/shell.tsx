import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { Document, type Frame } from './document.tsx'
import type { NavGroup } from './sidebar.tsx'
import { Sidebar } from './sidebar.tsx'
import { type PhoneTab, TabBar } from './tab-bar.tsx'
import { TopBar, type TopBarProps } from './top-bar.tsx'
import type { UserMenuProps } from './user-menu.tsx'

export type ShellProps = Frame &
  Pick<TopBarProps, 'search' | 'back' | 'primary'> & {
    nav: NavGroup[]
    /** Up to five for phones; the one with `primary` stands in the middle. */
    tabs: PhoneTab[]
    user: UserMenuProps
    labels: { skip: string; sidebar: string; nav: string }
    /** About the service desk, above the person in the sidebar. */
    desk?: Child
    /** Reading width, for forms and texts. */
    narrow?: boolean
    /** A `Toast`. */
    toast?: Child
    children: Child
  }

/** A signed-in page: sidebar and top bar, on phones a header and a tab bar. */
export const Shell = ({ nav, tabs, user, labels, desk, narrow, toast, children, ...rest }: ShellProps) => {
  const { search, back, primary, ...frame } = rest
  const { tenant } = frame
  return Document({
    ...frame,
    body: html`<body>
<a class="skip-link" href="#main">${labels.skip}</a>
<div class="shell">
${Sidebar({ tenant, nav, labels, desk, user })}
<div class="min-w-0">
${TopBar({ tenant, search, back, primary, user })}
<main id="main" class="page${narrow ? ' page-narrow' : ''}" tabindex="-1">${children}</main>
</div>
</div>
${TabBar({ label: labels.nav, tabs })}
${toast}
</body>`,
  })
}
