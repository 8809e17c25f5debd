import type { Context, ErrorHandler } from 'hono'
import type { FC } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { log } from '#src/log.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { Bare } from '#src/web/bare.tsx'
import type { AnyContext, AnyEnv } from '#src/web/context.ts'
import { Page } from '#src/web/layout.tsx'
import { render } from '#src/web/render.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { useView } from '#src/web/view.ts'

export type ProblemStatus = 403 | 404 | 409 | 413 | 421 | 422 | 429 | 500 | 503
type Detail = { variant?: 'csrf' | 'preview'; minutes?: number; reference?: string }

const textKey = (status: ProblemStatus, variant: Detail['variant'], part: 'title' | 'text'): MessageKey =>
  variant ? `error.403.${variant}.${part}` : `error.${status}.${part}`

const ProblemPage: FC<{ status: ProblemStatus; detail: Detail }> = ({ status, detail }) => {
  const view = useView()
  const { t, tenant, viewer, staff } = view
  const values: Values = { tenant: tenant?.name ?? t('error.support'), minutes: detail.minutes ?? 1 }
  const title = t(textKey(status, detail.variant, 'title'))
  const body = (
    <div class="problem">
      <h1>{title}</h1>
      <p class="lede mt-1.5">{t(textKey(status, detail.variant, 'text'), values)}</p>
      {detail.reference && <p class="num mt-3 font-medium">{detail.reference}</p>}
      <p class="mt-6">
        <LinkButton
          href={staff ? paths.staff.home() : viewer ? paths.home() : paths.login({ tenant: tenant?.slug })}
          variant="outline"
        >
          {t('error.home')}
        </LinkButton>
      </p>
    </div>
  )
  if (staff) return <StaffPage title={title}>{body}</StaffPage>
  return viewer ? <Page title={title}>{body}</Page> : <Bare title={title}>{body}</Bare>
}

const wantsJson = (c: Context) =>
  c.req.path.startsWith('/api/') || /\bjson\b/.test(c.req.header('accept') ?? '')

/** The one place that words a failure: a page for people, RFC 9457 problem details for programs. */
export const problem = async (c: AnyContext, status: ProblemStatus, detail: Detail = {}) => {
  const { t, tenant } = c.var.view
  if (status === 503 || status === 429) c.header('retry-after', String((detail.minutes ?? 1) * 60))
  if (!wantsJson(c))
    return render(c, <ProblemPage status={status} detail={detail} />, status as ContentfulStatusCode)
  const values = { tenant: tenant?.name ?? t('error.support'), minutes: detail.minutes ?? 1 }
  return c.json(
    {
      type: 'about:blank',
      status,
      title: t(textKey(status, detail.variant, 'title')),
      detail: t(textKey(status, detail.variant, 'text'), values),
      ...(detail.reference ? { instance: detail.reference } : {}),
    },
    status as ContentfulStatusCode,
    { 'content-type': 'application/problem+json' },
  )
}

/** Not there, or not yours: the same answer. */
export const notFound = (c: AnyContext) => problem(c, 404)

/** Seen, but this may not be done. */
export const forbidden = (c: AnyContext, variant?: Detail['variant']) =>
  problem(c, 403, variant ? { variant } : {})

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
  '08001',
  'EPIPE',
])

/** No database, or no connection to it within its time: nothing was done, so the browser may try again. */
const isOffline = (error: Error) =>
  ('code' in error && typeof error.code === 'string' && unreachable.has(error.code)) ||
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(
    error.message,
  )

/** Bugs end here, once: the stranger sees a reference, the log has the story. */
export const failed: ErrorHandler<AnyEnv> = (error, c) => {
  const offline = isOffline(error)
  const id = c.var.requestId
  log.error(
    { id, method: c.req.method, path: c.req.path, err: error },
    offline ? 'database unreachable' : 'request failed',
  )
  const view = c.var.view
  view.navigation = undefined
  return offline ? problem(c, 503) : problem(c, 500, { reference: id.slice(0, 8) })
}
