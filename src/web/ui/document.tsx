import { html } from 'hono/html'
import type { Child } from 'hono/jsx'

export type Theme = 'light' | 'dark' | 'system'

/** URLs of the hashed files, as `asset()` answers them. */
type Assets = { css: string; js: string; font: string; icon: string }

export type Frame = {
  /** Of the page; the tenant's name is added. */
  title: string
  /** BCP 47 tag of the words on the page. */
  lang: string
  dir?: 'ltr' | 'rtl'
  theme?: Theme
  tenant: Tenant
  assets: Assets
  /** URL of the tenant's four colours. */
  brandCss?: string
  /** For search engines; without it the page asks not to be indexed. */
  description?: string
}

export type Tenant = {
  name: string
  /** URL of the tenant's SVG or PNG; without it the name's first letter stands in the brand colour. */
  logo?: string
  /** Where the logo leads. */
  href: string
}

const canvas = { light: '#f8fafb', dark: '#0d1012' }

/** Browsers paint their own bars with it; a chosen theme wins over the system's. */
const themeColor = (theme: Theme) =>
  theme === 'system'
    ? html`<meta name="theme-color" content="${canvas.light}" media="(prefers-color-scheme: light)" /><meta name="theme-color" content="${canvas.dark}" media="(prefers-color-scheme: dark)" />`
    : html`<meta name="theme-color" content="${canvas[theme]}" />`

/**
 * Everything outside `<body>`'s children. A template rather than JSX, because hono moves `<link>` and `<meta>`
 * about and takes a second pass over the page for it.
 */
export const Document = ({ body, ...frame }: Frame & { body: Child }) => {
  const theme = frame.theme ?? 'system'
  const { assets } = frame
  return html`<!doctype html>
<html lang="${frame.lang}" dir="${frame.dir ?? 'ltr'}" data-theme="${theme}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content" />
<title>${frame.title} · ${frame.tenant.name}</title>
${frame.description ? html`<meta name="description" content="${frame.description}" />` : html`<meta name="robots" content="noindex" />`}
${themeColor(theme)}
<link rel="preload" href="${assets.font}" as="font" type="font/woff2" crossorigin />
<link rel="stylesheet" href="${assets.css}" />
${frame.brandCss && html`<link rel="stylesheet" href="${frame.brandCss}" />`}
<link rel="icon" href="${assets.icon}" type="image/svg+xml" />
<script type="module" src="${assets.js}"></script>
</head>
${body}
</html>`
}
