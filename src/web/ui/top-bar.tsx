import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { Brandmark } from './brandmark.tsx'
import type { Tenant } from './document.tsx'
import { Icon, type IconName } from './icon.tsx'
import { attrs } from './markup.ts'
import { PhoneUserMenu, type UserMenuProps } from './user-menu.tsx'

export type TopBarProps = {
  tenant: Tenant
  /**
   * A GET form with the field `q` and hidden `fields`; `label` names it, `value` is the current search. `page` has a
   * search of its own, for phones. `shortcut: false` switches the "/" key off (WCAG 2.1.4).
   */
  search?: {
    action: string
    page: string
    label: string
    placeholder: string
    value?: string
    fields?: Child
    shortcut?: boolean
  }
  /** On phones, in place of the logo. */
  back?: { href: string; label: string }
  /** The one thing to do from anywhere. Left out on phones, where the tab bar has it. */
  primary?: { href: string; label: string; icon: IconName }
  user: UserMenuProps
}

const searchBox = (search: NonNullable<TopBarProps['search']>) => {
  const shortcut = search.shortcut !== false
  const field = attrs({
    value: search.value,
    'aria-label': search.label,
    placeholder: search.placeholder,
    'aria-keyshortcuts': shortcut && '/',
  })
  const form = html`<form action="${search.action}" class="with-icon">${Icon({ name: 'search' })}<input class="input" data-quiet type="search" name="q"${field} />${search.fields}</form>`
  return html`<search class="search">${shortcut ? html`<search-key>${form}</search-key>` : form}</search>
<a class="btn phone-only" data-variant="ghost" data-size="icon" href="${search.page}" aria-label="${search.label}">${Icon({ name: 'search' })}</a>`
}

const wayBack = ({ back, tenant }: TopBarProps) =>
  back
    ? html`<a href="${back.href}" class="way-back">${Icon({ name: 'chevron-left', class: 'flip size-5' })}${back.label}</a>`
    : html`<a href="${tenant.href}" class="brandmark">${Brandmark({ tenant })}</a>`

export const TopBar = (props: TopBarProps) => {
  const { search, primary, user } = props
  return html`<header class="topbar">
<div class="phone-only flex min-w-0 flex-1 items-center">${wayBack(props)}</div>
${search && searchBox(search)}
<span class="desk-only flex-1"></span>
${primary && html`<a class="btn desk-only" href="${primary.href}">${Icon({ name: primary.icon })}${primary.label}</a>`}
${PhoneUserMenu(user)}
</header>`
}
