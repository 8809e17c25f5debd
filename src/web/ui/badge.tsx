import type { FC, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'neutral' | 'attention' | 'danger' | 'success' | 'info' | 'plan' | 'brand'

export const Badge: FC<PropsWithChildren<{ tone?: Tone; icon?: IconName; outline?: boolean }>> = (props) => (
  <span
    class="badge"
    data-tone={props.tone ?? 'neutral'}
    data-variant={props.outline ? 'outline' : undefined}
  >
    {props.icon && <Icon name={props.icon} />}
    {props.children}
  </span>
)

/** A number in a pill. `label` is read out after it ("2 waiting for you"). */
export const Count: FC<{ n: number | string; tone?: Tone; label?: string }> = ({ n, tone, label }) => (
  <span class="count" data-tone={tone ?? 'neutral'}>
    {n}
    {label && <span class="sr-only"> {label}</span>}
  </span>
)

/** Square with an icon, at the start of a row. */
export const Tile: FC<{ icon: IconName; tone?: Tone }> = ({ icon, tone }) => (
  <span class="tile" data-tone={tone ?? 'neutral'}>
    <Icon name={icon} />
  </span>
)

/** Small coloured dot with a word for those who can't see it. */
export const Dot: FC<{ label: string; tone?: Tone }> = ({ label, tone }) => (
  <>
    <span class="dot" data-tone={tone ?? 'info'} title={label}></span>
    <span class="sr-only">{label}</span>
  </>
)

/** A line of state with a glowing dot: "Service desk is open". */
export const Signal: FC<PropsWithChildren<{ tone?: Tone }>> = ({ tone, children }) => (
  <span class="signal" data-tone={tone ?? 'success'}>
    {children}
  </span>
)
