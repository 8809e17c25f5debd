import type { FC } from 'hono/jsx'
import type { ApprovalFilter, listRequests, Requested } from '#src/approvals/queries.ts'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { Diff } from '#src/profile/pages/diff.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState, ErrorSummary } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { PageHead, Pager, Tabs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

/** Which request couldn't be decided, why, and the reason that was typed. */
export type Wrong = { id: string; key: MessageKey; reason: string }
type Props = {
  filter: ApprovalFilter
  list: Awaited<ReturnType<typeof listRequests>>
  waiting: number
  wrong?: Wrong | undefined
}

const Decide: FC<{ request: Requested; wrong?: Wrong | undefined }> = ({ request, wrong }) => {
  const { t } = useStaffView()
  const field = `reason-${request.id}`
  return (
    <div class="mt-4 grid gap-3">
      <form method="post" action={paths.staff.approval(request.id)}>
        <Csrf />
        <Button icon="check">{t('approvals.approve')}</Button>
      </form>
      <details open={wrong !== undefined}>
        <summary class="quiet-link text-sm">{t('approvals.refuse.open')}</summary>
        <form method="post" action={paths.staff.refusal(request.id)} class="mt-3 grid max-w-136 gap-3">
          <Csrf />
          <TextField
            id={field}
            name="reason"
            label={t('approvals.reason')}
            hint={t('approvals.reason.hint', { name: request.contact })}
            value={wrong?.reason}
            error={wrong && t(wrong.key)}
            maxlength={1000}
            required
          />
          <p>
            <Button variant="outline">{t('approvals.refuse')}</Button>
          </p>
        </form>
      </details>
    </div>
  )
}

const Outcome: FC<{ request: Requested }> = ({ request }) => {
  const { t, format } = useStaffView()
  const approved = request.state === 'approved'
  return (
    <p class="mt-3.5 flex flex-wrap items-center gap-2 text-sm text-muted-foreground" dir="auto">
      <Badge tone={approved ? 'success' : 'danger'}>
        {t(approved ? 'approvals.approved' : 'approvals.refused')}
      </Badge>
      {t('approvals.by', {
        name: request.decided_by ?? '',
        when: request.decided_at ? format.moment(request.decided_at, true) : '',
      })}
      {request.refusal && <span>{request.refusal}</span>}
    </p>
  )
}

const RequestCard: FC<{ request: Requested; wrong?: Wrong | undefined }> = ({ request, wrong }) => {
  const { t, format } = useStaffView()
  const moves = request.email !== request.email_before
  return (
    <section class="card" aria-labelledby={`r-${request.id}`}>
      <section>
        <h2 id={`r-${request.id}`} class="row-title">
          <a class="quiet-link" href={paths.staff.contact(request.contact_id)} dir="auto">
            {request.contact}
          </a>
        </h2>
        <p class="row-meta sep" dir="auto">
          <span>{request.company}</span>
          <span>{t('approvals.asked', { when: format.moment(request.created_at, true) })}</span>
          {moves && request.proved_at && <span>{t('approvals.proved')}</span>}
        </p>
        <Diff change={request} />
        {request.state === 'waiting' ? (
          <Decide request={request} wrong={wrong} />
        ) : (
          <Outcome request={request} />
        )}
      </section>
    </section>
  )
}

/** What contacts want changed about themselves, and what became of it. */
export const ApprovalsPage: FC<Props> = ({ filter, list, waiting, wrong }) => {
  const { t } = useStaffView()
  const decided = filter.show === 'decided'
  return (
    <StaffPage title={t('staff.approvals')} at="approvals" narrow>
      <PageHead title={t('staff.approvals')} sub={t('approvals.lede')} />
      {wrong && (
        <ErrorSummary
          title={t('form.problems', { count: 1 })}
          errors={[{ field: `reason-${wrong.id}`, message: t(wrong.key) }]}
        />
      )}
      <Tabs
        label={t('approvals.tabs')}
        items={[
          {
            href: paths.staff.approvals(),
            label: t('approvals.waiting'),
            count: waiting,
            tone: waiting > 0 ? 'attention' : 'neutral',
            current: !decided,
          },
          {
            href: paths.staff.approvals({ show: 'decided' }),
            label: t('approvals.decided'),
            current: decided,
          },
        ]}
      />
      {list.rows.length === 0 ? (
        <Card>
          <EmptyState
            icon="circle-check"
            title={t(decided ? 'approvals.none.decided' : 'approvals.none')}
            text={t('approvals.noneText')}
          />
        </Card>
      ) : (
        <div class="grid gap-4">
          {list.rows.map((request) => (
            <RequestCard request={request} wrong={wrong?.id === request.id ? wrong : undefined} />
          ))}
        </div>
      )}
      <Pager
        label={t('approvals.pages')}
        on={
          list.next
            ? {
                href: paths.staff.approvals({ show: filter.show, after: list.next }),
                label: t('approvals.next'),
              }
            : undefined
        }
      />
    </StaffPage>
  )
}
