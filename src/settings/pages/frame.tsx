import type { FC, PropsWithChildren } from 'hono/jsx'
import { isMessageKey, type MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { Problems } from '#src/settings/check.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { PageHead, Tabs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

const TABS = [
  { tab: 'brand', href: paths.staff.settingsOf('brand') },
  { tab: 'hosts', href: paths.staff.settingsOf('hosts') },
  { tab: 'mail', href: paths.staff.settingsOf('mail') },
  { tab: 'claude', href: paths.staff.settingsOf('claude') },
  { tab: 'limits', href: paths.staff.settingsOf('limits') },
  { tab: 'areas', href: paths.staff.settingsOf('areas') },
  { tab: 'categories', href: paths.staff.categories() },
  { tab: 'announcements', href: paths.staff.announcements() },
] as const

type SettingsTab = (typeof TABS)[number]['tab']

type Props = PropsWithChildren<{ tab: SettingsTab; problems?: Problems }>

const labelOf = (field: string): MessageKey | undefined => {
  const key = `settings.field.${field}`
  return isMessageKey(key) ? key : undefined
}

/** A page of the settings: the tabs, what has to be mended, and its forms. */
export const SettingsPage: FC<Props> = ({ tab, problems = {}, children }) => {
  const { t } = useStaffView()
  const errors = Object.entries(problems).flatMap(([field, problem]) => {
    const label = labelOf(field)
    if (!problem) return []
    const text = t(problem.key, problem.values)
    return [{ field, message: label ? t('form.problemAt', { field: t(label), problem: text }) : text }]
  })
  return (
    <StaffPage title={t(`settings.tab.${tab}`)} at="settings">
      <PageHead title={t('staff.settings')} />
      <Tabs
        label={t('settings.tabs')}
        items={TABS.map((item) => ({
          href: item.href,
          label: t(`settings.tab.${item.tab}`),
          current: item.tab === tab,
        }))}
      />
      <div class="mt-5 grid max-w-3xl gap-5">
        {errors.length > 0 && (
          <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
        )}
        {children}
      </div>
    </StaffPage>
  )
}

/** What the fields of a form have in common: id, what was typed, what is wrong, and the label that goes by the id. */
export const useField = <F extends string>(typed: Record<F, string>, problems: Problems) => {
  const { t } = useStaffView()
  return (id: F) => {
    const problem = problems[id]
    const label = labelOf(id)
    return {
      id,
      label: label ? t(label) : id,
      value: typed[id],
      ...(problem && { error: t(problem.key, problem.values) }),
    }
  }
}

export const Optional: FC<{ label: string }> = ({ label }) => {
  const { t } = useStaffView()
  return (
    <>
      {label} <span class="font-normal text-faint">({t('form.optional')})</span>
    </>
  )
}
