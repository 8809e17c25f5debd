import { html } from 'hono/html'
import { Icon } from './icon.tsx'
import { currentPage, type NavItem } from './sidebar.tsx'

export type PhoneTab = NavItem & { primary?: boolean }

const primaryTab = ({ href, label, icon, current }: PhoneTab) =>
  html`<a href="${href}" class="new" aria-label="${label}"${currentPage(current)}><span>${Icon({ name: icon })}</span></a>`

const tab = ({ href, label, icon, count, countLabel, current }: PhoneTab) =>
  html`<a href="${href}"${currentPage(current)}>${Icon({ name: icon })}${label}${
    count ? html`<span class="count">${count}<span class="sr-only"> ${countLabel}</span></span>` : ''
  }</a>`

/** Phones only. */
export const TabBar = ({ label, tabs }: { label: string; tabs: PhoneTab[] }) =>
  html`<nav class="tabbar" aria-label="${label}">${tabs.map((item) => (item.primary ? primaryTab(item) : tab(item)))}</nav>`
