import { html } from 'hono/html'
import { attrs } from './markup.ts'

/** First letters of words, with their accents, in any script. */
const firstLetters = /(?<![\p{L}\p{N}\p{M}'’.])[\p{L}\p{N}]\p{M}*/gu

/** One or two letters for a name: of its first and its last word. */
export const initials = (name: string) => {
  const [head = '', ...rest] = name.match(firstLetters) ?? []
  return (head + (rest.at(-1) ?? '')).toUpperCase()
}

type AvatarProps = { name: string; desk?: boolean; size?: 'sm' | 'lg'; labelled?: boolean }

/** Initials in a circle. Brand tint for the tenant's people (`desk`), neutral for the client's. */
export const Avatar = ({ name, desk, size, labelled }: AvatarProps) => {
  const look = attrs({ 'data-side': desk ? 'desk' : undefined, 'data-size': size })
  const named = labelled
    ? attrs({ role: 'img', 'aria-label': name, title: name })
    : attrs({ 'aria-hidden': 'true' })
  return html`<span class="ava"${look}${named}>${initials(name)}</span>`
}

/** A person in a side list: avatar, name, part played. */
export const PersonRow = ({ name, role, desk }: { name: string; role?: string; desk?: boolean }) =>
  html`<li class="flex items-center gap-2.5">${Avatar({ name, desk, size: 'sm' })}<span class="min-w-0 text-sm">${name}</span>${
    role && html`<span class="ms-auto text-end text-xs text-faint">${role}</span>`
  }</li>`
