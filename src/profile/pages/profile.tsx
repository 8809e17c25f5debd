import type { FC } from 'hono/jsx'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { ChangeProblems, Wanted } from '#src/profile/change.ts'
import { Request } from '#src/profile/pages/request.tsx'
import {
  type Change,
  DETAILS,
  type Details,
  type findProfile,
  isOpenChange,
  type Problem,
} from '#src/profile/profile.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Page } from '#src/web/layout.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { usePortalView } from '#src/web/view.ts'

/** What a form brought back when it couldn't be used. */
export type Returned = {
  details?: Details
  detailProblems?: Partial<Record<keyof Details, Problem>>
  wanted?: Wanted
  changeProblems?: ChangeProblems
  codeProblem?: MessageKey
}
type Known = Awaited<ReturnType<typeof findProfile>>
type Props = { known: Known; change: Change | undefined; returned: Returned }

const LABELS = {
  name: 'profile.name',
  email: 'profile.email',
  title: 'profile.jobTitle',
  phone: 'profile.phone',
  mobile: 'profile.mobile',
} as const

const ChangeForm: FC<{ wanted: Wanted; problems: ChangeProblems }> = ({ wanted, problems }) => {
  const { t } = usePortalView()
  const said = (field: keyof Wanted) =>
    problems[field] && t(problems[field].key, problems[field].values ?? {})
  return (
    <form method="post" action={paths.profileChange()} class="grid gap-4">
      <Csrf />
      <TextField
        id="name"
        label={t('profile.name')}
        value={wanted.name}
        error={said('name')}
        maxlength={200}
        autocomplete="name"
        required
      />
      <TextField
        id="email"
        type="email"
        label={t('profile.email')}
        hint={t('profile.email.hint')}
        value={wanted.email}
        error={said('email')}
        maxlength={254}
        autocomplete="email"
        required
      />
      <p>
        <Button variant="outline">{t('profile.change.ask')}</Button>
      </p>
    </form>
  )
}

const TYPES = { title: 'text', phone: 'tel', mobile: 'tel' } as const
const FILLS = { title: 'organization-title', phone: 'tel', mobile: 'tel' } as const

const DetailsForm: FC<{ details: Details; problems: NonNullable<Returned['detailProblems']> }> = ({
  details,
  problems,
}) => {
  const { t } = usePortalView()
  return (
    <form method="post" action={paths.profile()} class="grid gap-4 sm:grid-cols-2">
      <Csrf />
      {DETAILS.map((field) => {
        const problem = problems[field]
        return (
          <TextField
            id={field}
            type={TYPES[field]}
            label={t(LABELS[field])}
            value={details[field]}
            error={problem && t(problem.key, problem.values ?? {})}
            autocomplete={FILLS[field]}
            maxlength={200}
            class={field === 'title' ? 'sm:col-span-2' : undefined}
          />
        )
      })}
      <p class="sm:col-span-2">
        <Button>{t('form.save')}</Button>
      </p>
    </form>
  )
}

const Errors: FC<{ returned: Returned }> = ({ returned }) => {
  const { t } = usePortalView()
  const said = { ...returned.detailProblems, ...returned.changeProblems }
  const fields = ['name', 'email', ...DETAILS] as const
  const errors: { field: string; message: string }[] = fields.flatMap((field) => {
    const problem = said[field]
    if (!problem) return []
    const message = t(problem.key, problem.values ?? {})
    return [{ field, message: t('form.problemAt', { field: t(LABELS[field]), problem: message }) }]
  })
  if (returned.codeProblem) errors.push({ field: 'code', message: t(returned.codeProblem) })
  if (errors.length === 0) return null
  return <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
}

/** A person's own facts: what counts at once, and what the MSP has to agree to. */
export const ProfilePage: FC<Props> = ({ known, change, returned }) => {
  const { t, tenant } = usePortalView()
  const open = isOpenChange(change)
  const wanted = returned.wanted ?? { name: known.name, email: known.email ?? '' }
  const { title, phone, mobile } = known
  const details = returned.details ?? { title: title ?? '', phone: phone ?? '', mobile: mobile ?? '' }
  return (
    <Page title={t('profile.title')} at="profile" narrow>
      <PageHead title={t('profile.title')} />
      <Errors returned={returned} />
      <div class="grid gap-5">
        <Card title={t('profile.details')} id="details-card">
          <section>
            <p class="mb-4 text-sm text-muted-foreground">{t('profile.details.text')}</p>
            <DetailsForm details={details} problems={returned.detailProblems ?? {}} />
          </section>
        </Card>
        <Card title={t('profile.who')} id="who-card">
          {change && <Request change={change} problem={returned.codeProblem} />}
          <section>
            <p class="mb-4 text-sm text-muted-foreground">{t('profile.who.text', { tenant: tenant.name })}</p>
            {open ? (
              <p dir="auto">
                <span class="block font-medium">{known.name}</span>
                <span class="text-muted-foreground">{known.email}</span>
              </p>
            ) : (
              <ChangeForm wanted={wanted} problems={returned.changeProblems ?? {}} />
            )}
          </section>
        </Card>
      </div>
    </Page>
  )
}
