import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Tenant } from '#src/tenants/tenant.ts'
import { asset } from '#src/web/assets.ts'
import { brandUrl, logoUrl } from '#src/web/brand-routes.ts'
import type { Frame } from '#src/web/ui/document.tsx'
import { useView, type View } from '#src/web/view.ts'

const assets = () => ({
  css: asset('portal.css'),
  js: asset('portal.js'),
  font: asset('geist-latin-wght-normal.woff2'),
  icon: asset('icon.svg'),
})

const PRODUCT = 'Client Portal'

/** What stands round every page: title, language, brand, files. */
export const frame = (view: View, title: string, tenant?: Tenant): Frame => ({
  title,
  lang: view.locale,
  theme: view.theme,
  tenant: {
    name: tenant?.name ?? PRODUCT,
    logo: tenant && logoUrl(tenant),
    href: view.staff
      ? paths.staff.home()
      : view.viewer
        ? paths.home()
        : paths.login({ tenant: tenant?.slug }),
  },
  assets: assets(),
  brandCss: tenant && brandUrl(tenant),
})

/** The token that every form carries. */
export const Csrf: FC = () => <input type="hidden" name="csrf" value={useView().csrf} />

/** How to reach the service desk. */
export const Desk: FC<{ tenant: Tenant }> = ({ tenant }) => {
  const { t } = useView()
  if (!tenant.deskHours && !tenant.supportPhone) return null
  return (
    <>
      {tenant.deskHours && <p class="font-medium">{tenant.deskHours}</p>}
      {tenant.supportPhone && (
        <p class="mt-0.5 text-muted-foreground">
          {t('desk.urgent')}{' '}
          <a
            class="quiet-link num font-medium text-foreground"
            href={`tel:${tenant.supportPhone.replace(/[^+\d]/g, '')}`}
          >
            {tenant.supportPhone}
          </a>
        </p>
      )}
    </>
  )
}
