import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { Tile } from './badge.tsx'
import { Icon, type IconName } from './icon.tsx'
import { attrs } from './markup.ts'

/** `at` is an ISO instant; `full` (date and zone in words) shows on hover of short forms such as "2 h ago". */
export const Time = (props: { at: string; text: string; full?: string; class?: string }) =>
  html`<time datetime="${props.at}"${attrs({ class: props.class, title: props.full })}>${props.text}</time>`

type CardProps = {
  /** With a title the card is a named section. `id` is the heading's, unique on the page. */
  title?: string
  id?: string
  /** Beside the title: a count, a quiet number. */
  note?: Child
  /** At the end of the head: one link. */
  link?: { href: string; label: string }
  footer?: Child
  class?: string
}

/** Put `<section>` or `<ul class="rows">` in it; both are padded by the style sheet. */
export const Card = ({ title, id, note, link, footer, children, ...props }: PropsWithChildren<CardProps>) => {
  const more = link && html`<a class="quiet-link text-sm font-medium" href="${link.href}">${link.label}</a>`
  const head = title && html`<header><h2${attrs({ id })}>${title}</h2>${note}${more}</header>`
  return html`<section class="card${props.class && ` ${props.class}`}"${attrs({ 'aria-labelledby': title && id })}>${head}${children}${
    footer && html`<footer>${footer}</footer>`
  }</section>`
}

/** Terms and values. */
export const DL = ({ items }: { items: [term: string, value: Child][] }) =>
  html`<dl class="dl">${items.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>`

type FileChipProps = { name: string; meta: string; href: string; icon?: IconName; thumb?: string }

/** A stored file. `thumb` is the URL of a small picture of it; `meta` its size and kind in words. */
export const FileChip = ({ name, meta, href, icon = 'file-text', thumb }: FileChipProps) => {
  const picture = thumb
    ? html`<img src="${thumb}" alt="" width="36" height="36" loading="lazy" />`
    : Icon({ name: icon })
  return html`<a class="file" href="${href}"><span class="thumb">${picture}</span><span class="min-w-0"><span class="clip block font-medium">${name}</span><span class="text-faint">${meta}</span></span></a>`
}

type TodoProps = {
  title: string
  meta: Child
  /** Until when, in words. `urgent` colours it. */
  when: string
  urgent?: boolean
  icon: IconName
  tone: 'danger' | 'attention' | 'brand'
  action: { href: string; label: string }
}

/** A line of "needs your attention", for `<ul class="rows">`: what, why, until when, one verb. */
export const Todo = ({ title, meta, when, urgent, icon, tone, action }: TodoProps) =>
  html`<li><article class="todo">${Tile({ icon, tone })}<div class="text"><h3 class="row-title">${title}</h3><p class="row-meta">${meta}</p></div><p class="when" data-tone="${
    urgent ? tone : 'neutral'
  }">${when}</p><a class="btn cover" data-variant="outline" data-size="sm" href="${action.href}">${action.label}<span class="sr-only">: ${title}</span></a></article></li>`
