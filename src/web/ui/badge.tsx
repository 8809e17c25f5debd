import { html } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'
import { attrs } from './markup.ts'

export type Tone = 'neutral' | 'attention' | 'danger' | 'success' | 'info' | 'plan' | 'brand'

type BadgeProps = PropsWithChildren<{ tone?: Tone; icon?: IconName; outline?: boolean }>

export const Badge = ({ tone = 'neutral', icon, outline, children }: BadgeProps) =>
  html`<span class="badge" data-tone="${tone}"${attrs({ 'data-variant': outline ? 'outline' : undefined })}>${icon && Icon({ name: icon })}${children}</span>`

/** A number in a pill. `label` is read out after it ("2 waiting for you"). */
export const Count = ({ n, tone = 'neutral', label }: { n: number | string; tone?: Tone; label?: string }) =>
  html`<span class="count" data-tone="${tone}">${n}${label && html`<span class="sr-only"> ${label}</span>`}</span>`

/** Square with an icon, at the start of a row. */
export const Tile = ({ icon, tone = 'neutral' }: { icon: IconName; tone?: Tone }) =>
  html`<span class="tile" data-tone="${tone}">${Icon({ name: icon })}</span>`

/** Small coloured dot with a word for those who can't see it. */
export const Dot = ({ label, tone = 'info' }: { label: string; tone?: Tone }) =>
  html`<span class="dot" data-tone="${tone}" title="${label}"></span><span class="sr-only">${label}</span>`
