import { html } from 'hono/html'
import type { Tenant } from './document.tsx'
import { initials } from './people.tsx'

/** The tenant's logo, else the first letter of its name in the brand color; then the name. */
export const Brandmark = ({ tenant }: { tenant: Tenant }) => {
  const mark = tenant.logo
    ? html`<img src="${tenant.logo}" alt="" height="28" />`
    : html`<span class="monogram" aria-hidden="true">${initials(tenant.name).slice(0, 1)}</span>`
  return html`${mark}<span class="clip">${tenant.name}</span>`
}
