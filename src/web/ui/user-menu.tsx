import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'
import { Menu, MenuAction, MenuLink } from './menu.tsx'
import { Avatar } from './people.tsx'

export type UserMenuProps = {
  name: string
  company: string
  /** Accessible name of the button on phones, where only the initials show. */
  label: string
  items: { href: string; label: string; icon: IconName }[]
  /** Areas that the tab bar of phones has no room for. */
  further?: UserMenuProps['items']
  /** `fields` are the form's hidden inputs. */
  signOut: { action: string; label: string; fields: Child }
}

const items = (props: UserMenuProps) =>
  html`${props.items.map(MenuLink)}${MenuAction({
    action: props.signOut.action,
    label: props.signOut.label,
    icon: 'log-out',
    children: props.signOut.fields,
  })}`

const twoLines = ({ name, company }: UserMenuProps) =>
  html`<span class="clip block text-sm font-medium text-foreground">${name}</span><span class="clip block text-xs text-muted-foreground">${company}</span>`

/** At the foot of the sidebar. */
export const UserMenu = (props: UserMenuProps) =>
  Menu({
    up: true,
    triggerClass: 'person',
    trigger: html`${Avatar(props)}<span class="min-w-0 flex-1 leading-tight">${twoLines(props)}</span>${Icon({ name: 'chevrons-up-down', class: 'text-faint' })}`,
    children: items(props),
  })

/** In the header of phones. */
export const PhoneUserMenu = (props: UserMenuProps) =>
  Menu({
    class: 'phone-only',
    triggerClass: 'person',
    trigger: html`${Avatar(props)}<span class="sr-only">${props.label}</span>`,
    children: html`<p class="menu-head">${twoLines(props)}</p>${props.further?.map(MenuLink)}${items(props)}`,
  })
