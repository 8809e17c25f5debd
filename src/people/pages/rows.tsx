import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { AccessBadge, accessSince } from '#src/people/pages/access.tsx'
import type { Person } from '#src/people/queries.ts'
import { Cell, Row } from '#src/web/ui/table.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  person: Person
  /** Names the company under the name. */
  company?: boolean
  /** A checkbox of the form with this id. */
  form?: string | undefined
}

/** A contact in a `Table` with the columns name, access, role, since; before them one for choosing, with `form`. */
export const PersonTableRow: FC<Props> = ({ person, company, form }) => {
  const view = useStaffView()
  const { t } = view
  return (
    <Row>
      <Cell phone="full" class="main">
        <span class="flex items-center gap-3">
          {form && (
            <input
              class="input above"
              type="checkbox"
              name="contact"
              value={person.id}
              form={form}
              aria-label={t('people.choose', { name: person.name })}
            />
          )}
          <span class="min-w-0">
            <a class="cover block truncate font-medium" href={paths.staff.contact(person.id)} dir="auto">
              {person.name}
            </a>
            <span class="row-meta clip block">
              {[company && person.company, person.email ?? t('people.noEmail')].filter(Boolean).join(' · ')}
            </span>
          </span>
        </span>
      </Cell>
      <Cell>
        <AccessBadge state={person.state} />
      </Cell>
      <Cell phone="hide">{person.role ?? '–'}</Cell>
      <Cell phone="end" class="end row-meta lg:whitespace-nowrap">
        {accessSince(view, person)}
      </Cell>
    </Row>
  )
}
