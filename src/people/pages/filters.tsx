import type { FC } from 'hono/jsx'
import type { PeopleFilter } from '#src/people/queries.ts'
import { ACCESS_STATES } from '#src/people/state.ts'
import { Button } from '#src/web/ui/button.tsx'
import { Options } from '#src/web/ui/choice.tsx'
import { SearchBox } from '#src/web/ui/search-box.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = { action: string; filter: PeopleFilter; archived?: boolean }

/** One GET form: name or address, access, and whether to show who is archived. */
export const PeopleFilters: FC<Props> = ({ action, filter, archived }) => {
  const { t } = useStaffView()
  const states = ACCESS_STATES.map((value) => ({ value, label: t(`people.state.${value}`) }))
  const label = t('people.filter.state')
  return (
    <auto-filter>
      <form method="get" action={action} class="filters">
        <SearchBox value={filter.q} label={t('people.search')} />
        <div>
          <select class="select" name="state" aria-label={label} data-on={filter.state ? '' : undefined}>
            <option value="">{label}</option>
            <Options items={states} value={filter.state} />
          </select>
          {archived && (
            <select class="select" name="show" aria-label={t('people.filter.show')}>
              <option value="">{t('people.filter.current')}</option>
              <Options
                items={[{ value: 'archived', label: t('people.filter.archived') }]}
                value={filter.show}
              />
            </select>
          )}
          <Button class="apply" variant="outline">
            {t('form.apply')}
          </Button>
        </div>
      </form>
    </auto-filter>
  )
}
