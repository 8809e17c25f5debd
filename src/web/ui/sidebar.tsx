import type { Child, FC } from 'hono/jsx'
import { Count } from './badge.tsx'
import { Brandmark } from './brandmark.tsx'
import type { Tenant } from './document.tsx'
import { Icon, type IconName } from './icon.tsx'
import { UserMenu, type UserMenuProps } from './user-menu.tsx'

export type NavItem = {
  href: string
  label: string
  icon: IconName
  /** Things that wait for the person; `countLabel` is read out after the number. */
  count?: number
  countLabel?: string
  current?: boolean
}
export type NavGroup = { label?: string; items: NavItem[] }

const NavLink: FC<NavItem> = (item) => (
  <li>
    <a class="navlink" href={item.href} aria-current={item.current ? 'page' : undefined}>
      <Icon name={item.icon} />
      {item.label}
      {item.count ? <Count n={item.count} tone="attention" label={item.countLabel} /> : null}
    </a>
  </li>
)

type SidebarProps = {
  tenant: Tenant
  nav: NavGroup[]
  labels: { sidebar: string; nav: string }
  desk?: Child
  user: UserMenuProps
}

export const Sidebar: FC<SidebarProps> = ({ tenant, nav, labels, desk, user }) => (
  <aside class="sidebar" aria-label={labels.sidebar}>
    <a href={tenant.href} class="brandmark">
      <Brandmark tenant={tenant} />
    </a>
    <nav aria-label={labels.nav}>
      {nav.map((group) => (
        <>
          {group.label && <p class="nav-label">{group.label}</p>}
          <ul>
            {group.items.map((item) => (
              <NavLink {...item} />
            ))}
          </ul>
        </>
      ))}
    </nav>
    {desk && <div class="desk">{desk}</div>}
    <UserMenu {...user} />
  </aside>
)
