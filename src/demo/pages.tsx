import type { FC } from 'hono/jsx'
import type { DemoPerson } from '#src/demo/people.ts'
import { DEMO_PASSWORD, type DemoStaff } from '#src/demo/staff.ts'
import { paths } from '#src/paths.ts'
import { CodeForm, CodeLede } from '#src/sign-in/pages/code.tsx'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { Avatar } from '#src/web/ui/people.tsx'
import { useView } from '#src/web/view.ts'

const PersonLine: FC<{ person: DemoPerson }> = ({ person }) => {
  const { t } = useView()
  return (
    <li>
      <form method="post" action={paths.demo()} class="row">
        <Csrf />
        <input type="hidden" name="email" value={person.email} />
        <Avatar name={person.name} />
        <p class="min-w-0 flex-1">
          <span class="block font-medium">{person.name}</span>
          <span class="row-meta clip block">{person.title ?? person.email}</span>
        </p>
        <Badge>{person.role}</Badge>
        <Button variant="outline" size="sm">
          {t('demo.choose')}
          <span class="sr-only"> {t('demo.chooseAs', { name: person.name })}</span>
        </Button>
      </form>
    </li>
  )
}

const Search: FC<{ search: string; found: number }> = ({ search, found }) => {
  const { t } = useView()
  return (
    <form method="get" action={paths.demo()} class="mt-6" role="search">
      <div class="flex flex-wrap items-end gap-2">
        <TextField class="min-w-56 flex-1" id="q" type="search" label={t('demo.search')} value={search} />
        <Button variant="outline">{t('demo.find')}</Button>
      </div>
      {search && (
        <p class="mt-2 text-sm text-muted-foreground">
          {t('demo.found', { count: found })}{' '}
          <a class="link" href={paths.demo()}>
            {t('demo.all')}
          </a>
        </p>
      )}
    </form>
  )
}

const StaffLine: FC<{ person: DemoStaff }> = ({ person }) => {
  const { t } = useView()
  return (
    <li>
      <form method="post" action={paths.demoStaff()} class="row">
        <Csrf />
        <input type="hidden" name="id" value={person.staffId} />
        <Avatar name={person.name} desk />
        <p class="min-w-0 flex-1">
          <span class="block font-medium">{person.name}</span>
          <span class="row-meta clip block">
            {person.email} · {t('demo.staff.code')} <span class="num">{person.code}</span>
          </span>
        </p>
        <Badge tone="brand">{t(`staff.role.${person.role}`)}</Badge>
        <Button variant="outline" size="sm">
          {t('demo.staff.choose')}
          <span class="sr-only"> {t('demo.chooseAs', { name: person.name })}</span>
        </Button>
      </form>
    </li>
  )
}

const StaffCard: FC<{ staff: DemoStaff[] }> = ({ staff }) => {
  const { t } = useView()
  if (staff.length === 0) return null
  return (
    <Card title={t('demo.staff')} id="staff" class="mt-6">
      <section>
        <p class="text-sm text-muted-foreground">{t('demo.staff.text', { password: DEMO_PASSWORD })}</p>
      </section>
      <ul class="rows">
        {staff.map((person) => (
          <StaffLine person={person} />
        ))}
      </ul>
    </Card>
  )
}

type StartProps = { people: DemoPerson[]; staff: DemoStaff[]; search: string }

export const StartPage: FC<StartProps> = ({ people, staff, search }) => {
  const { t } = useView()
  const companies = [...Map.groupBy(people, (person) => person.company)]
  return (
    <Bare title={t('demo.title')} wide="full">
      <h1>{t('demo.title')}</h1>
      <p class="lede mt-1.5">{t('demo.lede')}</p>
      {search === '' && <StaffCard staff={staff} />}
      <Search search={search} found={people.length} />
      <div class="mt-6 gap-5 lg:columns-2">
        {companies.map(([company, members], at) => (
          <Card title={company} id={`company-${at}`} class="mb-5 break-inside-avoid">
            <ul class="rows">
              {members.map((person) => (
                <PersonLine person={person} />
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </Bare>
  )
}

export type PanesProps = {
  request: string
  email: string
  limited: boolean
  /** The newest mail to this address, as the mailbox keeps it. */
  mail: string | undefined
}

const Mailbox: FC<PanesProps> = ({ email, limited, mail }) => {
  const { t } = useView()
  return (
    <Card
      title={t('demo.mailbox')}
      id="mailbox"
      note={<span class="clip text-sm text-muted-foreground">{email}</span>}
      class="overflow-clip"
    >
      {limited && <Notice class="mx-4 mb-4" icon="info" tone="attention" title={t('demo.mailbox.limited')} />}
      {mail ? (
        <iframe
          class="h-[44rem] w-full border-t"
          src={paths.mailboxHtml(mail)}
          title={t('demo.mailbox.frame')}
        />
      ) : (
        !limited && (
          <section>
            <p role="status">{t('demo.mailbox.wait')}</p>
          </section>
        )
      )}
    </Card>
  )
}

export const PanesPage: FC<PanesProps> = (props) => {
  const { t } = useView()
  return (
    <Bare title={t('demo.panes.title', { name: props.email })} wide="full">
      <h1 class="sr-only">{t('demo.panes.title', { name: props.email })}</h1>
      <div class="grid items-start gap-6 lg:grid-cols-[25rem_minmax(0,1fr)] lg:gap-12">
        <section aria-labelledby="portal" class="min-w-0">
          <h2 id="portal" class="text-2xl">
            {t('signIn.code.title')}
          </h2>
          <CodeLede email={props.email} />
          <CodeForm request={props.request} />
          <p class="mt-6 text-sm">
            <a class="link" href={paths.demo()}>
              {t('demo.back')}
            </a>
          </p>
        </section>
        <Mailbox {...props} />
      </div>
    </Bare>
  )
}
