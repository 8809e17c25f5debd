import type { FC } from 'hono/jsx'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { Choices } from '#src/tickets/counts.ts'
import { type Filter, filterParams, IN_TAB, isNarrowed, PRIORITIES, SORTS } from '#src/tickets/filter.ts'
import { Button } from '#src/web/ui/button.tsx'
import { type Option, Options } from '#src/web/ui/choice.tsx'
import { SearchBox } from '#src/web/ui/search-box.tsx'
import { usePortalView } from '#src/web/view.ts'

const Pick: FC<{
  name: string
  label: string
  options: Option[]
  value: string | undefined
  any?: string
}> = (props) => (
  <select
    class="select"
    name={props.name}
    aria-label={props.label}
    data-on={props.value && props.any ? '' : undefined}
  >
    {props.any && <option value="">{props.any}</option>}
    <Options items={props.options} value={props.value} />
  </select>
)

/** One GET form: everything that narrows the list stands in its address. */
export const Filters: FC<{ filter: Filter; choices: Choices; own: boolean }> = ({ filter, choices, own }) => {
  const { t } = usePortalView()
  const words = <T extends string>(values: readonly T[], key: (value: T) => MessageKey) =>
    values.map((value) => ({ value, label: t(key(value)) }))
  const named = (rows: { id: string; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: id, label: name }))
  const kept = filterParams(filter)
  return (
    <auto-filter>
      <form method="get" action={paths.tickets()} class="filters">
        {kept.tab && <input type="hidden" name="tab" value={kept.tab} />}
        {kept.whose && <input type="hidden" name="whose" value={kept.whose} />}
        <SearchBox value={filter.q} label={t('tickets.search')} />
        <div>
          <Pick
            name="status"
            label={t('tickets.filter.status')}
            any={t('tickets.filter.status')}
            value={filter.status}
            options={words(IN_TAB[filter.tab], (value) => `tickets.status.${value}`)}
          />
          <Pick
            name="priority"
            label={t('tickets.filter.priority')}
            any={t('tickets.filter.priority')}
            value={filter.priority}
            options={words(PRIORITIES, (value) => `tickets.priority.${value}`)}
          />
          <Pick
            name="category"
            label={t('tickets.filter.category')}
            any={t('tickets.filter.category')}
            value={filter.category}
            options={named(choices.categories)}
          />
          {!own && choices.people.length > 1 && (
            <Pick
              name="requester"
              label={t('tickets.filter.requester')}
              any={t('tickets.filter.requester')}
              value={filter.requester}
              options={named(choices.people)}
            />
          )}
          <Pick
            name="sort"
            label={t('tickets.sort')}
            value={filter.sort}
            options={words(SORTS, (value) => `tickets.sort.${value}`)}
          />
          <details class="dates" open={Boolean(filter.from || filter.to)}>
            <summary class="btn" data-variant="outline">
              {t('tickets.filter.date')}
            </summary>
            <label class="date-filter">
              <span>{t('tickets.filter.from')}</span>
              <input class="input" type="date" name="from" value={filter.from} max={filter.to} />
            </label>
            <label class="date-filter">
              <span>{t('tickets.filter.to')}</span>
              <input class="input" type="date" name="to" value={filter.to} min={filter.from} />
            </label>
          </details>
          <Button class="apply" variant="outline">
            {t('form.apply')}
          </Button>
          {isNarrowed(filter) && (
            <a class="quiet-link text-sm" href={paths.tickets({ tab: kept.tab, whose: kept.whose })}>
              {t('tickets.filter.clear')}
            </a>
          )}
        </div>
      </form>
    </auto-filter>
  )
}
