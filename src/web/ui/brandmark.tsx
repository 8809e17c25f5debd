import type { FC } from 'hono/jsx'
import type { Tenant } from './document.tsx'
import { initials } from './people.tsx'

/** The tenant's logo and name. */
export const Brandmark: FC<{ tenant: Tenant }> = ({ tenant }) => (
  <>
    {tenant.logo ? (
      <img src={tenant.logo} alt="" height="28" />
    ) : (
      <span class="monogram" aria-hidden="true">
        {initials(tenant.name).charAt(0)}
      </span>
    )}
    <span class="clip">{tenant.name}</span>
  </>
)
