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
export const Shell = (props: ShellProps) => (
  <Document
    title={props.title}
    lang={props.lang}
    dir={props.dir}
    theme={props.theme}
    tenant={props.tenant}
    assets={props.assets}
    brandCss={props.brandCss}
    body={
      <body>
        <a class="skip-link" href="#main">
          {props.labels.skip}
        </a>
        <div class="shell">
          <Sidebar
            tenant={props.tenant}
            nav={props.nav}
            labels={props.labels}
            desk={props.desk}
            user={props.user}
          />
          <div class="min-w-0">
            <TopBar
              tenant={props.tenant}
              search={props.search}
              back={props.back}
              primary={props.primary}
              user={props.user}
            />
            <main id="main" class={props.narrow ? 'page page-narrow' : 'page'} tabindex={-1}>
              {props.children}
            </main>
          </div>
        </div>
        <TabBar label={props.labels.nav} tabs={props.tabs} />
        {props.toast}
      </body>
    }
  />
)
