import type { FC } from 'hono/jsx'
import { SEVERITIES, type Typed } from '#src/announcements/form.ts'
import { paths } from '#src/paths.ts'
import type { Problems } from '#src/settings/check.ts'
import { Optional, SettingsPage } from '#src/settings/pages/frame.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Choices } from '#src/web/ui/choice.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Field, TextArea, TextField, wired } from '#src/web/ui/field.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  id?: string | undefined
  typed: Typed
  companies: { id: string; name: string }[]
  problems?: Problems
}

export const AnnouncementForm: FC<Props> = ({ id, typed, companies, problems = {} }) => {
  const { t, timeZone } = useStaffView()
  const error = (field: keyof Typed) => {
    const problem = problems[field]
    return problem && { error: t(problem.key, problem.values) }
  }
  const moment = (field: 'from' | 'until') => {
    const given = { id: field, hint: t('announcements.zone', { zone: timeZone }), ...error(field) }
    const label = t(`announcements.field.${field}`)
    return (
      <Field {...given} label={field === 'until' ? <Optional label={label} /> : label}>
        <input {...wired(given)} class="input" type="datetime-local" name={field} value={typed[field]} />
      </Field>
    )
  }
  const audience = { id: 'companies', hint: t('announcements.companiesHint'), ...error('companies') }
  return (
    <SettingsPage tab="announcements" problems={problems}>
      <Card title={t(id ? 'announcements.edit' : 'announcements.new')} id="announcement">
        <section>
          <form
            method="post"
            action={id ? paths.staff.announcement(id) : paths.staff.announcements()}
            class="grid gap-5"
            novalidate
          >
            <Csrf />
            <TextField
              id="title"
              label={t('announcements.field.title')}
              value={typed.title}
              {...error('title')}
              maxlength={120}
              required
            />
            <TextArea
              id="body"
              label={<Optional label={t('announcements.field.body')} />}
              value={typed.body}
              {...error('body')}
              maxlength={1000}
            />
            <Choices
              legend={t('announcements.field.severity')}
              name="severity"
              value={typed.severity}
              {...error('severity')}
              items={SEVERITIES.map((value) => ({
                value,
                label: t(`announcements.severity.${value}`),
                hint: t(`announcements.severity.${value}.hint`),
              }))}
            />
            <div class="grid gap-5 sm:grid-cols-2">
              {moment('from')}
              {moment('until')}
            </div>
            <Choices
              legend={t('announcements.field.audience')}
              name="audience"
              value={typed.audience}
              {...error('audience')}
              items={(['all', 'companies'] as const).map((value) => ({
                value,
                label: t(`announcements.audience.${value}`),
              }))}
            />
            <Field {...audience} label={t('announcements.field.companies')}>
              <select {...wired(audience)} class="input h-auto py-2" name="companies" multiple size={6}>
                {companies.map(({ id: value, name }) => (
                  <option value={value} selected={typed.companies.includes(value)}>
                    {name}
                  </option>
                ))}
              </select>
            </Field>
            <div class="flex gap-3">
              <Button>{t(id ? 'form.save' : 'announcements.publish')}</Button>
              <LinkButton variant="ghost" href={paths.staff.announcements()}>
                {t('form.cancel')}
              </LinkButton>
            </div>
          </form>
        </section>
      </Card>
    </SettingsPage>
  )
}
