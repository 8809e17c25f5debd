import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { frame } from '#src/web/frame.tsx'
import { BarePage } from '#src/web/ui/bare-page.tsx'
import { useView } from '#src/web/view.ts'

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
