import type { FC } from 'hono/jsx'
import type { Target } from '#src/impersonation/start.ts'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { ErrorSummary, Notice } from '#src/web/ui/feedback.tsx'
import { TextArea } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type AskProps = { target: Target; reason?: string; problem?: MessageKey | undefined }

export const REASON = { least: 10, most: 500 }

const Form: FC<AskProps> = ({ target, reason, problem }) => {
  const { t } = useStaffView()
  const error = problem && t(problem, REASON)
  const { name, company } = target
  return (
    <>
      {error && (
        <ErrorSummary
          title={t('form.problems', { count: 1 })}
          errors={[
            { field: 'reason', message: t('form.problemAt', { field: t('preview.reason'), problem: error }) },
          ]}
        />
      )}
      <ul class="mb-5 list-disc ps-5 text-md text-muted-foreground">
        <li>{t('preview.ask.readOnly', { name })}</li>
        <li>{t('preview.ask.time')}</li>
        <li>{t('preview.ask.seen', { company })}</li>
      </ul>
      <form method="post" action={paths.staff.preview(target.id)} class="grid gap-4">
        <Csrf />
        <TextArea
          id="reason"
          label={t('preview.reason')}
          hint={t('preview.reason.hint', { company })}
          error={error}
          value={reason}
          maxlength={REASON.most}
          required
        />
        <p>
          <Button icon="eye">{t('preview.ask.go')}</Button>
        </p>
      </form>
    </>
  )
}

/** Why, before anybody looks through somebody's eyes. */
export const AskPage: FC<AskProps> = (props) => {
  const { t } = useStaffView()
  const { id, name, company, comesIn } = props.target
  const title = t('preview.ask.title', { name })
  return (
    <StaffPage title={title} at="companies" narrow back={{ href: paths.staff.contact(id), label: name }}>
      <PageHead title={title} sub={company} />
      {comesIn ? (
        <Form {...props} />
      ) : (
        <Notice
          tone="attention"
          icon="ban"
          title={t('preview.ask.cannot', { name })}
          action={
            <LinkButton href={paths.staff.contact(id)} variant="outline" size="sm">
              {name}
            </LinkButton>
          }
        >
          {t('preview.ask.cannotText')}
        </Notice>
      )}
    </StaffPage>
  )
}
