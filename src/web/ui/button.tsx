import type { FC, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

type Look = {
  variant?: 'outline' | 'soft' | 'ghost' | 'danger'
  size?: 'sm' | 'lg' | 'icon' | 'icon-sm'
  icon?: IconName
  /** Accessible name, for icon-only buttons. */
  label?: string
  /** Stretches over its whole row; one per row. */
  cover?: boolean
  class?: string
}

type ButtonProps = Look & {
  type?: 'submit' | 'button'
  name?: string
  value?: string
  /** Id of a form elsewhere on the page. */
  form?: string
  /** Shown but not usable; the id of the text that says why. */
  blockedBy?: string
}

const classes = ({ cover, class: extra }: Look) => `btn${cover ? ' cover' : ''}${extra ? ` ${extra}` : ''}`

/** Submits by default. Blocked buttons stay focusable, do nothing and point at the reason. */
export const Button: FC<PropsWithChildren<ButtonProps>> = (props) => (
  <button
    type={props.blockedBy ? 'button' : (props.type ?? 'submit')}
    class={classes(props)}
    data-variant={props.variant}
    data-size={props.size}
    name={props.name}
    value={props.value}
    form={props.form}
    aria-label={props.label}
    aria-disabled={props.blockedBy ? 'true' : undefined}
    aria-describedby={props.blockedBy}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </button>
)

export const LinkButton: FC<PropsWithChildren<Look & { href: string; download?: boolean }>> = (props) => (
  <a
    href={props.href}
    class={classes(props)}
    data-variant={props.variant}
    data-size={props.size}
    aria-label={props.label}
    download={props.download}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </a>
)
