import type { Child, FC } from 'hono/jsx'
import { actorWords, objectWords } from '#src/audit/pages/list.tsx'
import type { AuditRow } from '#src/audit/queries.ts'
import { actionWords, kindWords } from '#src/audit/words.ts'
import type { Json } from '#src/db/schema.gen.ts'
import { paths } from '#src/paths.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Card, DL } from '#src/web/ui/content.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { Cell, Row, Table } from '#src/web/ui/table.tsx'
import { useStaffView } from '#src/web/view.ts'

type Fields = { [key: string]: Json | undefined }

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const said = (value: Json | undefined) =>
  value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)

/** What the row tells: fields with before and after where it has both, and whatever else it says. */
const parts = (data: Json) => {
  if (!isFields(data)) return { changes: [], others: [] }
  const { before, after, ...others } = data
  if (!isFields(before) && !isFields(after)) return { changes: [], others: Object.entries(data) }
  const [was, is] = [isFields(before) ? before : {}, isFields(after) ? after : {}]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return {
    changes: names.map((name) => ({ name, before: was[name], after: is[name] })),
    others: Object.entries(others),
  }
}

const Changes: FC<{ changes: ReturnType<typeof parts>['changes'] }> = ({ changes }) => {
  const { t } = useStaffView()
  return (
    <section class="card overflow-clip">
      <Table
        caption={t('audit.changes')}
        columns={[
          { label: t('audit.column.field') },
          { label: t('audit.column.before') },
          { label: t('audit.column.after') },
        ]}
      >
        {changes.map(({ name, before, after }) => (
          <Row>
            <Cell phone="full" class="mono">
              {name}
            </Cell>
            <Cell phone="full">
              <span dir="auto">{said(before)}</span>
            </Cell>
            <Cell phone="full">
              <span class="font-medium" dir="auto">
                {said(after)}
              </span>
            </Cell>
          </Row>
        ))}
      </Table>
    </section>
  )
}

const Narrow: FC<{ href: string; text: string }> = ({ href, text }) => {
  const { t } = useStaffView()
  return (
    <>
      <span dir="auto">{text}</span>{' '}
      <a class="link text-sm" href={href}>
        {t('audit.only')}
      </a>
    </>
  )
}

export const EventPage: FC<{ event: AuditRow; names: Map<string, string> }> = ({ event, names }) => {
  const view = useStaffView()
  const { t, format } = view
  const title = actionWords(t, event.action)
  const about = objectWords(view, event, names)
  const { changes, others } = parts(event.data)
  const who = actorWords(view, event)
  const items: [string, Child][] = [
    [t('audit.column.when'), format.exact(event.at)],
    [
      t('audit.column.who'),
      event.actor_id ? (
        <Narrow href={paths.staff.audit({ actor: event.actor_id })} text={who} />
      ) : (
        <span>{who}</span>
      ),
    ],
    [t('audit.column.role'), t(`audit.actor.${event.actor_kind}`)],
    [t('audit.column.what'), <span class="mono">{event.action}</span>],
  ]
  if (about && event.object_kind) {
    const kind = kindWords(t, event.object_kind)
    const text = about === kind ? kind : `${kind}: ${about}`
    items.push([
      t('audit.column.about'),
      event.object_id ? (
        <Narrow href={paths.staff.audit({ object: event.object_id })} text={text} />
      ) : (
        <span>{text}</span>
      ),
    ])
  }
  if (event.company && event.company_id)
    items.push([
      t('audit.column.company'),
      <Narrow href={paths.staff.audit({ company: event.company_id })} text={event.company} />,
    ])
  if (event.ip) items.push([t('audit.column.from'), <span class="mono">{event.ip}</span>])
  for (const [name, value] of others) items.push([name, <span dir="auto">{said(value)}</span>])
  items.push([
    t('audit.column.seal'),
    event.sequence === null || !event.hash ? (
      t('audit.unsealed')
    ) : (
      <span class="mono break-all">
        {event.sequence} · {event.hash.toString('hex')}
      </span>
    ),
  ])
  return (
    <StaffPage title={title} at="audit" back={{ href: paths.staff.audit(), label: t('audit.title') }}>
      <PageHead
        title={title}
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [{ label: t('audit.title'), href: paths.staff.audit() }, { label: title }],
        }}
      />
      <div class="grid gap-5">
        <Card>
          <section>
            <DL items={items} />
          </section>
        </Card>
        {changes.length > 0 && <Changes changes={changes} />}
      </div>
    </StaffPage>
  )
}
