import type { FC } from 'hono/jsx'
import { type AuditFilter, filterParams } from '#src/audit/filter.ts'
import type { AuditChoices } from '#src/audit/queries.ts'
import { actionWords } from '#src/audit/words.ts'
import { paths } from '#src/paths.ts'
import { Button } from '#src/web/ui/button.tsx'
import { type Option, Options } from '#src/web/ui/choice.tsx'
import { SearchBox } from '#src/web/ui/search-box.tsx'
import { useStaffView } from '#src/web/view.ts'

const Pick: FC<{ name: string; label: string; options: Option[]; value: string | undefined }> = (props) => (
  <select
    class="select"
    name={props.name}
    aria-label={props.label}
    data-on={props.value === undefined ? undefined : ''}
  >
    <option value="">{props.label}</option>
    <Options items={props.options} value={props.value} />
  </select>
)

/** A contact or a record that a link has chosen is no option of a list: it stays, under the words of the link. */
const withChosen = (options: Option[], value: string | undefined, label: string): Option[] =>
  value === undefined || options.some((option) => option.value === value)
    ? options
    : [...options, { value, label }]

/** One GET form: everything that narrows the log stands in its address. */
export const AuditFilters: FC<{ filter: AuditFilter; choices: AuditChoices }> = ({ filter, choices }) => {
  const { t } = useStaffView()
  const named = (rows: { id: string; name: string }[]) =>
    rows.map(({ id, name }) => ({ value: id, label: name }))
  const actions = choices.actions
    .map((value) => ({ value, label: actionWords(t, value) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  const chosen = t('audit.filter.chosen')
  return (
    <auto-filter>
      <form method="get" action={paths.staff.audit()} class="filters">
        <SearchBox value={filter.q} label={t('audit.search')} />
        <div>
          <Pick
            name="actor"
            label={t('audit.filter.actor')}
            value={filter.actor}
            options={withChosen(named(choices.people), filter.actor, chosen)}
          />
          <Pick
            name="action"
            label={t('audit.filter.action')}
            value={filter.action}
            options={withChosen(actions, filter.action, filter.action ?? '')}
          />
          <Pick
            name="company"
            label={t('audit.filter.company')}
            value={filter.company}
            options={withChosen(named(choices.companies), filter.company, chosen)}
          />
          {filter.object && (
            <Pick
              name="object"
              label={t('audit.filter.object')}
              value={filter.object}
              options={withChosen([], filter.object, t('audit.filter.thisObject'))}
            />
          )}
          <details class="dates" open={Boolean(filter.from || filter.to)}>
            <summary class="btn" data-variant="outline">
              {t('audit.filter.date')}
            </summary>
            <label class="date-filter">
              <span>{t('audit.filter.from')}</span>
              <input class="input" type="date" name="from" value={filter.from} max={filter.to} />
            </label>
            <label class="date-filter">
              <span>{t('audit.filter.to')}</span>
              <input class="input" type="date" name="to" value={filter.to} min={filter.from} />
            </label>
          </details>
          <Button class="apply" variant="outline">
            {t('form.apply')}
          </Button>
          {Object.values(filterParams(filter)).some(Boolean) && (
            <a class="quiet-link text-sm" href={paths.staff.audit()}>
              {t('audit.filter.clear')}
            </a>
          )}
        </div>
      </form>
    </auto-filter>
  )
}
