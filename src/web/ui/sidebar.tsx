import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { Count } from './badge.tsx'
import { Brandmark } from './brandmark.tsx'
import type { Tenant } from './document.tsx'
import { Icon, type IconName } from './icon.tsx'
import { attrs } from './markup.ts'
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

/** For the link of the page itself. */
export const currentPage = (current: boolean | undefined) => attrs({ 'aria-current': current && 'page' })

const link = ({ href, label, icon, count, countLabel, current }: NavItem) =>
  html`<li><a class="navlink" href="${href}"${currentPage(current)}>${Icon({ name: icon })}${label}${
    count ? Count({ n: count, tone: 'attention', label: countLabel }) : ''
  }</a></li>`

const group = ({ label, items }: NavGroup) =>
  html`${label && html`<p class="nav-label">${label}</p>`}<ul>${items.map(link)}</ul>`

type SidebarProps = {
  tenant: Tenant
  nav: NavGroup[]
  labels: { sidebar: string; nav: string }
  desk?: Child
  user: UserMenuProps
}

export const Sidebar = ({ tenant, nav, labels, desk, user }: SidebarProps) =>
  html`<aside class="sidebar" aria-label="${labels.sidebar}">
<a href="${tenant.href}" class="brandmark">${Brandmark({ tenant })}</a>
<nav aria-label="${labels.nav}">${nav.map(group)}</nav>
${desk && html`<div class="desk">${desk}</div>`}
${UserMenu(user)}
</aside>`
