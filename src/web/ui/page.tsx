import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { Count, type Tone } from './badge.tsx'
import { Icon } from './icon.tsx'
import { attrs } from './markup.ts'

export type Crumb = { label: string; href?: string }

const crumb = ({ href, label }: Crumb) =>
  href
    ? html`<li><a href="${href}">${label}</a></li>`
    : html`<li><span aria-current="page">${label}</span></li>`

/** Hidden on phones, where the top bar has a way back. The last crumb is the page itself. */
export const Crumbs = ({ label, items }: { label: string; items: Crumb[] }) =>
  html`<nav class="breadcrumb desk-only mb-1.5" aria-label="${label}"><ol>${items.map(crumb)}</ol></nav>`

type PageHeadProps = {
  title: Child
  /** One line of state under the title. */
  sub?: Child
  eyebrow?: Child
  crumbs?: { label: string; items: Crumb[] }
}

/** The page's h1 with at most two actions (children) at the end of the line. */
export const PageHead = ({ title, sub, eyebrow, crumbs, children }: PropsWithChildren<PageHeadProps>) =>
  html`<header class="page-head"><div class="min-w-0 max-w-full">${crumbs && Crumbs(crumbs)}${
    eyebrow && html`<p class="eyebrow mb-0.5">${eyebrow}</p>`
  }<h1>${title}</h1>${sub && html`<div class="lede mt-1">${sub}</div>`}</div>${
    children && html`<div class="actions">${children}</div>`
  }</header>`

export type Tab = { href: string; label: string; count?: number | string; tone?: Tone; current?: boolean }

const tab = ({ href, label, count, tone, current }: Tab) =>
  html`<a href="${href}"${attrs({ 'aria-current': current && 'page' })}>${label}${
    count === undefined ? '' : Count({ n: count, tone })
  }</a>`

/** Tabs are links, because each one is a URL. */
export const Tabs = ({ label, items }: { label: string; items: Tab[] }) =>
  html`<nav class="tabs-nav" aria-label="${label}">${items.map(tab)}</nav>`

export type Segment = { href: string; label: string; current?: boolean }

const segment = ({ href, label, current }: Segment) =>
  html`<a href="${href}"${attrs({ 'aria-current': current && 'true' })}>${label}</a>`

/** Two or three exclusive views of one page. */
export const Segmented = ({ label, items }: { label: string; items: Segment[] }) =>
  html`<nav class="segmented" aria-label="${label}">${items.map(segment)}</nav>`

type PagerLink = { href: string; label: string }

/** Keyset paging: no page numbers, only back and on, in the words of the list's order. */
export const Pager = ({ label, back, on }: { label: string; back?: PagerLink; on?: PagerLink }) => {
  if (!back && !on) return null
  const look = attrs({ 'data-variant': 'outline', 'data-size': 'sm' })
  const [left, right] = [
    Icon({ name: 'chevron-left', class: 'flip' }),
    Icon({ name: 'chevron-right', class: 'flip' }),
  ]
  return html`<nav class="pager" aria-label="${label}">${
    back && html`<a class="btn"${look} rel="prev" href="${back.href}">${left}${back.label}</a>`
  }${on && html`<a class="btn ms-auto"${look} rel="next" href="${on.href}">${on.label}${right}</a>`}</nav>`
}
