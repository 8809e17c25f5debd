import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Tenant } from '#src/tenants/tenant.ts'
import { can } from '#src/viewer.ts'
import { asset } from '#src/web/assets.ts'
import { brandUrl, logoUrl } from '#src/web/brand-routes.ts'
import { BarePage } from '#src/web/ui/bare-page.tsx'
import type { Frame } from '#src/web/ui/document.tsx'
import { Toast } from '#src/web/ui/feedback.tsx'
import { Shell } from '#src/web/ui/shell.tsx'
import type { NavGroup } from '#src/web/ui/sidebar.tsx'
import type { PhoneTab } from '#src/web/ui/tab-bar.tsx'
import { usePortalView, useView, type View } from '#src/web/view.ts'

const assets = () => ({
  css: asset('portal.css'),
  js: asset('portal.js'),
  font: asset('geist-latin-wght-normal.woff2'),
  icon: asset('icon.svg'),
})

const PRODUCT = 'Client Portal'

const frame = (view: View, title: string, tenant?: Tenant): Frame => ({
  title,
  lang: view.locale,
  theme: view.theme,
  tenant: {
    name: tenant?.name ?? PRODUCT,
    logo: tenant && logoUrl(tenant),
    href: view.viewer ? paths.home() : paths.login({ tenant: tenant?.slug }),
  },
  assets: assets(),
  brandCss: tenant && brandUrl(tenant),
})

/** The token that every form carries. */
export const Csrf: FC = () => <input type="hidden" name="csrf" value={useView().csrf} />

const Desk: FC<{ tenant: Tenant }> = ({ tenant }) => {
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

type At = 'home' | 'tickets' | 'new' | 'sessions'
type PageProps = PropsWithChildren<{
  title: string
  at?: At
  back?: { href: string; label: string }
  narrow?: boolean
  search?: string
}>

/** A page behind sign-in, with only the areas that this person's role opens. */
export const Page: FC<PageProps> = ({ title, at, back, narrow, search, children }) => {
  const view = usePortalView()
  const { t, tenant, viewer, counts } = view
  const tickets = can(viewer, 'tickets:view')
  const create = can(viewer, 'tickets:create')
  const home = { href: paths.home(), label: t('nav.home'), icon: 'house' as const, current: at === 'home' }
  const list = {
    href: paths.tickets(),
    label: t('nav.tickets'),
    icon: 'ticket' as const,
    current: at === 'tickets',
    count: counts?.ticketsWaiting,
    countLabel: t('nav.waitingForYou'),
  }
  const add = { href: paths.newTicket(), label: t('nav.newTicket'), icon: 'plus' as const }
  const sessions = {
    href: paths.sessions(),
    label: t('nav.sessions'),
    icon: 'monitor' as const,
    current: at === 'sessions',
  }
  const nav: NavGroup[] = [{ items: [home, ...(tickets ? [list] : [])] }]
  const tabs: PhoneTab[] = [home, ...(tickets ? [list] : []), ...(create ? [{ ...add, primary: true }] : [])]
  return (
    <Shell
      {...frame(view, title, tenant)}
      nav={nav}
      tabs={tabs}
      labels={{ skip: t('nav.skip'), sidebar: t('nav.portal'), nav: t('nav.main') }}
      user={{
        name: viewer.name,
        company: viewer.companyName,
        label: t('nav.account'),
        items: [sessions],
        signOut: { action: paths.logout(), label: t('nav.signOut'), fields: <Csrf /> },
      }}
      search={
        tickets
          ? { action: paths.tickets(), label: t('nav.search'), placeholder: t('nav.search'), value: search }
          : undefined
      }
      primary={create ? add : undefined}
      back={back}
      narrow={narrow}
      desk={<Desk tenant={tenant} />}
      toast={view.flash && <Toast text={view.flash} />}
    >
      {children}
    </Shell>
  )
}

type BareProps = PropsWithChildren<{ title: string; wide?: boolean | 'full'; footer?: Child }>

/** A page without a session, in the tenant's brand as far as it is known. */
export const Bare: FC<BareProps> = ({ title, wide, footer, children }) => {
  const view = useView()
  const { t, tenant } = view
  const help = tenant?.supportPhone && (
    <span>
      {t('desk.help')}{' '}
      <a class="quiet-link num" href={`tel:${tenant.supportPhone.replace(/[^+\d]/g, '')}`}>
        {tenant.supportPhone}
      </a>
    </span>
  )
  return (
    <BarePage {...frame(view, title, tenant)} wide={wide} footer={footer ?? help}>
      {children}
    </BarePage>
  )
}
