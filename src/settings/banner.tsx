import type { FC } from 'hono/jsx'
import { mailSettings } from '#src/mail/settings.ts'
import { paths } from '#src/paths.ts'
import { can } from '#src/viewer.ts'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { useStaffView } from '#src/web/view.ts'

/** On every page of who can mend it: without a mail server nobody can sign in. */
export const MailerBanner: FC = () => {
  const { t, staff, tenant } = useStaffView()
  const { MODE, SMTP_URL } = mailSettings()
  if (MODE !== 'production' || SMTP_URL || tenant.settings.mailer || !can(staff, 'staff:settings'))
    return null
  return (
    <Notice
      class="mb-4"
      icon="mail"
      tone="attention"
      title={t('settings.mail.banner')}
      action={
        <LinkButton variant="outline" size="sm" href={paths.staff.settingsOf('mail')}>
          {t('settings.mail.bannerAction')}
        </LinkButton>
      }
    >
      {t('settings.mail.bannerText')}
    </Notice>
  )
}
