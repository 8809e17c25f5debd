import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'
import { attrs } from './markup.ts'

type MenuProps = {
  trigger: Child
  /** Accessible name, when the trigger has no words. */
  label?: string
  variant?: 'outline' | 'ghost'
  size?: 'sm' | 'icon' | 'icon-sm'
  /** Opens upwards, aligned at the start. */
  up?: boolean
  /** Classes of the wrapper, and of the summary in place of `btn`. */
  class?: string
  triggerClass?: string
}

/** Native details; the custom element only adds Escape and pressing elsewhere. */
export const Menu = (props: PropsWithChildren<MenuProps>) => {
  const summary = attrs({
    class: props.triggerClass ?? 'btn',
    'data-variant': props.variant,
    'data-size': props.size,
    'aria-label': props.label,
  })
  return html`<menu-box><details class="menu${props.class && ` ${props.class}`}"><summary${summary}>${props.trigger}</summary><div${attrs({ class: props.up && 'up' })}>${props.children}</div></details></menu-box>`
}

type ItemProps = { label: string; icon?: IconName }

export const MenuLink = ({ href, label, icon, current }: ItemProps & { href: string; current?: boolean }) =>
  html`<a class="menu-item" href="${href}"${attrs({ 'aria-current': current && 'true' })}>${icon && Icon({ name: icon })}${label}</a>`

/** One POST as a menu line. `children` are the form's hidden fields. */
export const MenuAction = (props: PropsWithChildren<ItemProps & { action: string; danger?: boolean }>) =>
  html`<form method="post" action="${props.action}">${props.children}<button type="submit" class="menu-item${props.danger ? ' text-destructive' : ''}">${props.icon && Icon({ name: props.icon })}${props.label}</button></form>`
