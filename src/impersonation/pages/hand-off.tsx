import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type HandOffProps = { id: string; contact: { id: string; name: string }; ready: boolean }

/** One button that opens the portal in a new tab, for a minute and once; after that, the way to a new one. */
export const HandOffPage: FC<HandOffProps> = ({ id, contact, ready }) => {
  const { t } = useStaffView()
  const { name } = contact
  const title = t(ready ? 'preview.handOff.title' : 'preview.handOff.over', { name })
  return (
    <StaffPage
      title={title}
      at="companies"
      narrow
      back={{ href: paths.staff.contact(contact.id), label: name }}
    >
      <PageHead title={title} sub={t(ready ? 'preview.handOff.text' : 'preview.handOff.overText')} />
      {ready ? (
        <form method="post" action={paths.staff.previewOpening(id)} target="_blank" rel="noopener">
          <Csrf />
          <Button icon="external-link">{t('preview.handOff.go', { name })}</Button>
        </form>
      ) : (
        <p>
          <LinkButton href={paths.staff.preview(contact.id)} variant="outline">
            {t('preview.handOff.again')}
          </LinkButton>
        </p>
      )}
    </StaffPage>
  )
}
