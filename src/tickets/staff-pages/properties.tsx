import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { DeskTicket } from '#src/tickets/desk-find.ts'
import type { DeskProblems } from '#src/tickets/desk-forms.ts'
import { mayWrite } from '#src/tickets/desk-policy.ts'
import { PRIORITIES, STATUSES } from '#src/tickets/filter.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { type Option, SelectField } from '#src/web/ui/choice.tsx'
import { DL } from '#src/web/ui/content.tsx'
import { useStaffView } from '#src/web/view.ts'

export type PropertiesProps = {
  ticket: DeskTicket
  staff: { id: string; name: string }[]
  categories: { id: string; name: string; confidential: boolean }[]
  problems: DeskProblems
}

type FieldOf = { id: keyof DeskProblems; label: string; options: Option[]; value: string; hint?: string }

const useFields = ({ ticket, staff, categories }: PropertiesProps): FieldOf[] => {
  const { t } = useStaffView()
  const none = { value: '', label: t('desk.none') }
  return [
    {
      id: 'status',
      label: t('desk.status'),
      value: ticket.status,
      options: STATUSES.map((value) => ({ value, label: t(`desk.status.${value}`) })),
    },
    {
      id: 'priority',
      label: t('desk.priority'),
      value: ticket.priority,
      options: PRIORITIES.map((value) => ({ value, label: t(`tickets.priority.${value}`) })),
    },
    {
      id: 'assignee',
      label: t('desk.assignee'),
      value: ticket.assignee_id ?? '',
      options: [none, ...staff.map(({ id, name }) => ({ value: id, label: name }))],
    },
    {
      id: 'category',
      label: t('desk.category'),
      value: ticket.category_id ?? '',
      hint: ticket.confidential ? undefined : t('desk.confidentialHint'),
      options: [
        none,
        ...categories.map(({ id, name, confidential }) => ({
          value: id,
          label: confidential ? t('tickets.new.categoryConfidential', { name }) : name,
        })),
      ],
    },
  ]
}

const Take: FC<{ ticket: DeskTicket }> = ({ ticket }) => {
  const { t, staff } = useStaffView()
  if (ticket.assignee_id === staff.staffId) return null
  return (
    <form method="post" action={paths.staff.ticketChanges(ticket.id)} class="mb-3">
      <Csrf />
      <input type="hidden" name="assignee" value={staff.staffId} />
      <input type="hidden" name="was-assignee" value={ticket.assignee_id ?? ''} />
      <Button variant="soft" size="sm" icon="hand">
        {t('desk.take')}
      </Button>
    </form>
  )
}

/** Status, priority, assignee and type: a form for those who may change them. What it showed travels along in `was-…`. */
export const Properties: FC<PropertiesProps> = (props) => {
  const { t, staff } = useStaffView()
  const fields = useFields(props)
  const { ticket, problems } = props
  if (!mayWrite(staff)) {
    const shown = (field: FieldOf) => field.options.find((one) => one.value === field.value)?.label ?? ''
    return <DL items={fields.map((field) => [field.label, shown(field)])} />
  }
  return (
    <>
      <Take ticket={ticket} />
      <form method="post" action={paths.staff.ticketChanges(ticket.id)} class="grid gap-3">
        <Csrf />
        {fields.map((field) => {
          const problem = problems[field.id]
          return (
            <>
              <input type="hidden" name={`was-${field.id}`} value={field.value} />
              <SelectField {...field} {...(problem && { error: t(problem.key) })} />
            </>
          )
        })}
        <Button variant="outline" size="sm">
          {t('desk.save')}
        </Button>
      </form>
    </>
  )
}
