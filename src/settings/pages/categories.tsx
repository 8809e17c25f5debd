import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { CategoryRow, Mistake } from '#src/settings/categories.tsx'
import { SettingsPage } from '#src/settings/pages/frame.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useStaffView } from '#src/web/view.ts'

type FieldsProps = { id: string; name: string; confidential: boolean; error?: string | undefined }

const Fields: FC<FieldsProps> = ({ id, name, confidential, error }) => {
  const { t } = useStaffView()
  return (
    <>
      <TextField
        id={id}
        name="name"
        label={t('settings.field.category')}
        value={name}
        {...(error && { error })}
        maxlength={80}
        required
      />
      <label class="choice">
        <input class="input" type="checkbox" name="confidential" value="yes" checked={confidential} />
        <span>
          <span class="font-medium">{t('settings.categories.confidential')}</span>
          <span class="row-meta block">{t('settings.categories.confidentialHint')}</span>
        </span>
      </label>
    </>
  )
}

const Mover: FC<{ row: CategoryRow; to: 'up' | 'down' }> = ({ row, to }) => {
  const { t } = useStaffView()
  return (
    <form method="post" action={paths.staff.categoryMoves(row.id)}>
      <Csrf />
      <input type="hidden" name="to" value={to} />
      <Button variant="ghost" size="sm">
        {t(`settings.categories.${to}`)}
        <span class="sr-only">: {row.name}</span>
      </Button>
    </form>
  )
}

type RowProps = { row: CategoryRow; first: boolean; last: boolean; mistake: Mistake | undefined }

const Category: FC<RowProps> = ({ row, first, last, mistake }) => {
  const { t } = useStaffView()
  const archived = row.archived_at !== null
  const error = mistake && t(mistake.problem.key, mistake.problem.values)
  return (
    <li>
      <div class="row flex-wrap">
        <details class="min-w-0 flex-1" open={mistake !== undefined}>
          <summary class="row-title">
            <span dir="auto">{row.name}</span>{' '}
            {row.confidential && <Badge icon="lock">{t('settings.categories.confidentialShort')}</Badge>}{' '}
            {archived && <Badge>{t('settings.categories.archived')}</Badge>}
          </summary>
          <form method="post" action={paths.staff.category(row.id)} class="mt-4 grid gap-4" novalidate>
            <Csrf />
            <Fields
              id={`name-${row.id}`}
              name={mistake?.name ?? row.name}
              confidential={mistake?.confidential ?? row.confidential}
              error={error}
            />
            <div>
              <Button>{t('form.save')}</Button>
            </div>
          </form>
          <form method="post" action={paths.staff.categoryArchiving(row.id)} class="mt-3">
            <Csrf />
            <input type="hidden" name="to" value={archived ? 'restored' : 'archived'} />
            <Button variant="ghost" size="sm">
              {t(archived ? 'settings.categories.restore' : 'settings.categories.archive')}
              <span class="sr-only">: {row.name}</span>
            </Button>
          </form>
        </details>
        <div class="flex gap-1">
          {!first && <Mover row={row} to="up" />}
          {!last && <Mover row={row} to="down" />}
        </div>
      </div>
    </li>
  )
}

export const CategoriesPage: FC<{ rows: CategoryRow[]; mistake: Mistake | undefined }> = ({
  rows,
  mistake,
}) => {
  const { t } = useStaffView()
  const adding = mistake && !mistake.id ? mistake : undefined
  const field = mistake && (mistake.id ? `name-${mistake.id}` : 'category')
  return (
    <SettingsPage tab="categories" {...(mistake && field && { problems: { [field]: mistake.problem } })}>
      <p class="text-muted-foreground">{t('settings.categories.text')}</p>
      <Card>
        {rows.length === 0 ? (
          <EmptyState
            icon="ticket"
            title={t('settings.categories.none')}
            text={t('settings.categories.noneText')}
          />
        ) : (
          <ul class="rows">
            {rows.map((row, at) => (
              <Category
                row={row}
                first={at === 0}
                last={at === rows.length - 1}
                mistake={mistake?.id === row.id ? mistake : undefined}
              />
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('settings.categories.add')} id="add">
        <section>
          <form method="post" action={paths.staff.categories()} class="grid gap-4" novalidate>
            <Csrf />
            <Fields
              id="category"
              name={adding?.name ?? ''}
              confidential={adding?.confidential ?? false}
              error={adding && t(adding.problem.key, adding.problem.values)}
            />
            <div>
              <Button icon="plus">{t('settings.categories.add')}</Button>
            </div>
          </form>
        </section>
      </Card>
    </SettingsPage>
  )
}
