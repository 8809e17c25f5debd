import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

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
export const Menu: FC<PropsWithChildren<MenuProps>> = (props) => (
  <menu-box>
    <details class={props.class ? `menu ${props.class}` : 'menu'}>
      <summary
        class={props.triggerClass ?? 'btn'}
        data-variant={props.variant}
        data-size={props.size}
        aria-label={props.label}
      >
        {props.trigger}
      </summary>
      <div class={props.up ? 'up' : undefined}>{props.children}</div>
    </details>
  </menu-box>
)

type ItemProps = { label: string; icon?: IconName }

export const MenuLink: FC<ItemProps & { href: string; current?: boolean }> = (props) => (
  <a class="menu-item" href={props.href} aria-current={props.current ? 'true' : undefined}>
    {props.icon && <Icon name={props.icon} />}
    {props.label}
  </a>
)

/** One POST as a menu line. `children` are the form's hidden fields. */
export const MenuAction: FC<PropsWithChildren<ItemProps & { action: string; danger?: boolean }>> = (
  props,
) => (
  <form method="post" action={props.action}>
    {props.children}
    <button type="submit" class={props.danger ? 'menu-item text-destructive' : 'menu-item'}>
      {props.icon && <Icon name={props.icon} />}
      {props.label}
    </button>
  </form>
)
