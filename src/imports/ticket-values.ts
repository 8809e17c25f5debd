import { uuidv7 } from 'uuidv7'
import { type Category, nameKey, type StaffMember, words } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import { type Run, standIn } from '#src/imports/run.ts'
import { addMember } from '#src/imports/staff.ts'
import { isWorkType, priorityWord, statusWord } from '#src/imports/words.ts'
import { PRIORITIES, STATUSES } from '#src/tickets/filter.ts'

type TicketRow = Row<'tickets'>

const addCategory = (run: Run, row: TicketRow, name: string): Category => {
  const position = Math.max(0, ...[...run.known.categories.values()].map((each) => each.position + 1))
  const category = { id: uuidv7(), name: name.slice(0, 80), confidential: false, position }
  run.known.categories.set(nameKey(name), category)
  run.writer.add('category', category.id, category)
  row.note('category', 'category added, as not confidential')
  return category
}

/** The category, by name. A new one could have been confidential where it comes from: only on request. */
const categoryOf = (run: Run, row: TicketRow): Category | undefined => {
  const text = row.text('category')
  const known = run.known.categories.get(nameKey(text))
  if (known || text === '') return known
  if (isWorkType(text)) {
    row.note('category', 'kind of work (incident, question, …) is no category: left out')
    return undefined
  }
  if (run.options.newCategories) return addCategory(run, row, text)
  const names = [...run.known.categories.values()].map((category) => category.name).join(', ')
  row.error(
    'category',
    `"${text}" is not a category (known: ${names}; --new-categories adds it, as not confidential)`,
  )
  return undefined
}

const memberCalled = (run: Run, said: string) =>
  run.known.staff.external(said) ??
  run.known.staff.only(said.includes('@') ? words.email(said) : words.name(said))

/** Who works on it; null for nobody, or somebody of whom there is only an id; undefined without a column for it. */
export const assigneeOf = (run: Run, row: TicketRow): StaffMember | null | undefined => {
  if (!row.has('assigneeId') && !row.has('assigneeEmail') && !row.has('assignee')) return undefined
  const said = [row.text('assigneeId'), row.text('assigneeEmail'), row.text('assignee')].filter(Boolean)
  const found = said.map((text) => memberCalled(run, text)).find(Boolean)
  if (found || said.length === 0) return found ?? null
  const name = row.text('assignee')
  const field = name ? 'assignee' : row.text('assigneeId') ? 'assigneeId' : 'assigneeEmail'
  const isName = name !== '' && !name.includes('@') && !/^\W*\w*\d[\w-]*$/.test(name)
  const made = isName
    ? 'assignee in no file: added to staff by name'
    : 'assignee in no file: the ticket has none'
  const may = standIn(run, row, field, { missing: `there is nobody "${said[0]}" in staff`, made })
  return may && isName ? addMember(run, name) : null
}

/** All that stands in the row itself, before anything is looked up or added. */
export const readTicket = (run: Run, row: TicketRow) => {
  const [solved, closed] = [row.date('solved'), row.date('closed')]
  const given = row.word('status', statusWord, 'status', STATUSES)
  return {
    status: given === 'deleted' ? undefined : (given ?? (closed ? 'closed' : solved ? 'solved' : undefined)),
    isDeleted: given === 'deleted',
    isHidden: row.flag('public') === false,
    priority: row.word('priority', priorityWord, 'priority', PRIORITIES),
    category: categoryOf(run, row),
    confidential: row.flag('confidential'),
    subject: row.text('subject').replace(/\s+/g, ' '),
    created: row.date('created'),
    updated: row.date('updated'),
    solved,
    closed,
  }
}

export type TicketValues = ReturnType<typeof readTicket>
