import { uuidv7 } from 'uuidv7'
import { type Company, nameKey, words } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import { add, isFirst, type Run, rowsOf, save, standIn } from '#src/imports/run.ts'
import type { Source } from '#src/imports/source.ts'

const LONGEST_NAME = 200

/** First and last name in one, when there is no field for the whole. */
export const fullName = (row: Row<'companies' | 'staff' | 'contacts'>): string | undefined =>
  row.limited('name', LONGEST_NAME) ??
  ([row.text('firstName'), row.text('lastName')].filter(Boolean).join(' ').slice(0, LONGEST_NAME) ||
    undefined)

const isOfOther = (
  run: Run,
  id: string | undefined,
  row: { source: string | null; external_id: string | null },
) =>
  id !== undefined && row.external_id !== null && row.source === run.options.source && row.external_id !== id

/** The link to the source's record: its id if the row has one, else what was there. */
export const linkTo = (
  run: Run,
  id: string | undefined,
  existing?: { source: string | null; external_id: string | null },
) =>
  id === undefined
    ? { source: existing?.source ?? run.options.source, external_id: existing?.external_id ?? null }
    : { source: run.options.source, external_id: id }

/** The source says that it is out of use. Only an import's yes counts: switching on again is for people. */
export const isOff = (row: Row<'companies' | 'staff' | 'contacts'>): boolean => {
  const [inactive, active] = [row.flag('inactive'), row.flag('active')]
  return inactive === true || active === false
}

const existingCompany = (
  run: Run,
  row: Row<'companies'>,
  id: string | undefined,
  name: string,
): Company | undefined => {
  const linked = id === undefined ? undefined : run.known.companies.external(id)
  if (linked) return linked
  const named = run.known.companies.all(words.name(name)).filter((company) => !isOfOther(run, id, company))
  if (named.length > 1)
    row.error('name', `several companies are called "${name}": an id has to tell them apart`)
  return named[0]
}

const importCompany = (run: Run, row: Row<'companies'>) => {
  const id = row.limited('id', 200)
  const name = row.required('name', fullName(row))
  const [created, off] = [row.date('created'), isOff(row)]
  const existing = row.bad ? undefined : existingCompany(run, row, id, name)
  const company: Company = {
    id: existing?.id ?? uuidv7(),
    name,
    name_key: nameKey(name),
    ...linkTo(run, id, existing),
    created_at: existing?.created_at ?? created ?? run.now,
    archived_at: existing?.archived_at ?? (off ? run.now : null),
  }
  if (row.bad || !isFirst(run, 'companies', company.id, row, id ? 'id' : 'name'))
    run.report.counts.companies.skipped += 1
  else save(run, 'companies', run.known.companies, existing, company)
}

export const importCompanies = async (run: Run, source: Source) => {
  for await (const row of rowsOf<'companies'>(run, source)) importCompany(run, row)
}

/** Adds a company that no file describes. */
export const addCompany = (run: Run, name: string, id?: string): Company =>
  add(run, run.known.companies, {
    id: uuidv7(),
    name: name.slice(0, LONGEST_NAME),
    name_key: nameKey(name.slice(0, LONGEST_NAME)),
    ...linkTo(run, id),
    created_at: run.now,
    archived_at: null,
  })

/** The company for what names none: nobody there can sign in. */
export const unknownCompany = (run: Run): Company =>
  run.known.companies.external('unknown company') ?? addCompany(run, 'Unknown company', 'unknown company')

const byName = (
  run: Run,
  row: Row<'contacts' | 'tickets'>,
  name: string,
  id: string | undefined,
): Company | undefined => {
  const named = run.known.companies.all(words.name(name))
  if (named.length > 1)
    row.error('company', `several companies are called "${name}": an id has to tell which`)
  if (named.length > 0) return named[0]
  const text = { missing: `there is no company "${name}"`, made: 'company in no file: added by its name' }
  return standIn(run, row, 'company', text) ? addCompany(run, name, id) : undefined
}

/** The company that a contact or ticket names, by id or name; undefined when it names none (or one that is an error). */
export const companyOf = (run: Run, row: Row<'contacts' | 'tickets'>): Company | undefined => {
  const id = row.limited('companyId', 200)
  const hasColumn = row.has('companyId') || row.has('company')
  const name = hasColumn ? row.text('company') : run.options.company
  const linked = id === undefined ? undefined : run.known.companies.external(id)
  if (linked) return linked
  if (name) return byName(run, row, name, id)
  if (id === undefined) return undefined
  const text = {
    missing: `there is no company with the id ${id}`,
    made: 'company in no file: a stand-in was added',
  }
  return standIn(run, row, 'companyId', text) ? addCompany(run, `Organization ${id}`, id) : undefined
}
