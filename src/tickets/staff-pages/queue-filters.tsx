import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { type DeskFilter, deskParams, IN_QUEUE, isNarrowed, ORDERS } from '#src/tickets/desk-filter.ts'
import type { QueueChoices } from '#src/tickets/desk-queries.ts'
import { PRIORITIES } from '#src/tickets/filter.ts'
import { Button } from '#src/web/ui/button.tsx'
import { type Option, Options } from '#src/web/ui/choice.tsx'
import { SearchBox } from '#src/web/ui/search-box.tsx'
import { useStaffView } from '#src/web/view.ts'

type PickProps = {
  name: string
  label: string
  options: Option[]
  value: string | undefined
  always?: boolean
}

const Pick: FC<PickProps> = ({ name, label, options, value, always }) => (
  <select class="select" name={name} aria-label={label} data-on={value && !always ? '' : undefined}>
    {!always && <option value="">{label}</option>}
    <Options items={options} value={value} />
  </select>
)

const named = (rows: { id: string; name: string }[]): Option[] =>
  rows.map(({ id, name }) => ({ value: id, label: name }))

/** One GET form: everything that narrows the queue stands in its address. */
export const QueueFilters: FC<{ filter: DeskFilter; choices: QueueChoices }> = ({ filter, choices }) => {
  const { t } = useStaffView()
  const owned = filter.queue === 'mine' || filter.queue === 'unassigned'
  const queue = filter.queue === 'open' ? undefined : filter.queue
  return (
    <auto-filter>
      <form method="get" action={paths.staff.tickets()} class="filters">
        <input type="hidden" name="queue" value={filter.queue} />
        <SearchBox
          value={filter.q}
          label={t('staff.search')}
          placeholder={t('desk.search')}
          hint={t('desk.search.hint')}
        />
        <div>
          <Pick
            name="status"
            label={t('desk.status')}
            value={filter.status}
            options={IN_QUEUE[filter.queue].map((value) => ({ value, label: t(`desk.status.${value}`) }))}
          />
          <Pick
            name="priority"
            label={t('desk.priority')}
            value={filter.priority}
            options={PRIORITIES.map((value) => ({ value, label: t(`tickets.priority.${value}`) }))}
          />
          {!owned && (
            <Pick
              name="assignee"
              label={t('desk.filter.assignee')}
              value={filter.assignee}
              options={[{ value: 'none', label: t('desk.filter.nobody') }, ...named(choices.staff)]}
            />
          )}
          <Pick
            name="company"
            label={t('desk.filter.company')}
            value={filter.company}
            options={named(choices.companies)}
          />
          <Pick
            name="category"
            label={t('desk.filter.category')}
            value={filter.category}
            options={named(choices.categories)}
          />
          <Pick
            name="sort"
            label={t('tickets.sort')}
            value={filter.sort}
            always
            options={ORDERS.map((value) => ({ value, label: t(`desk.sort.${value}`) }))}
          />
          <Button class="apply" variant="outline">
            {t('form.apply')}
          </Button>
          {isNarrowed(filter) && (
            <a class="quiet-link text-sm" href={paths.staff.tickets({ queue })}>
              {t('tickets.filter.clear')}
            </a>
          )}
        </div>
      </form>
    </auto-filter>
  )
}

/** The address of this queue with a change. */
export const queueLink = (filter: DeskFilter, change: Record<string, string | undefined>) =>
  paths.staff.tickets(deskParams(filter, change))
