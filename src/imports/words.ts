import type { Priority, Status } from '#src/tickets/filter.ts'

/** A cell's word without case, spaces and marks: `>Waiting on Customer` → `waitingoncustomer`. */
const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

const table = <T extends string>(words: Record<T, string>): ReadonlyMap<string, T> => {
  const names = Object.keys(words) as T[]
  return new Map(names.flatMap((name) => [name, ...words[name].split(',')].map((word) => [bare(word), name])))
}

// what Zendesk, ConnectWise, Autotask, Halo, Syncro and Freshdesk call them out of the box
const STATUS = table<Status | 'deleted'>({
  new: 'new email,new portal,new web,new not assigned,unassigned,received,submitted,logged,new ticket',
  in_progress:
    'open,active,assigned,in process,work in progress,working,started,dispatched,escalated,escalate,re-opened,' +
    'customer reply,customer replied,customer responded,client responded,customer updated,updated,customer note added,' +
    'needs worked,action required,investigating,pending action,enter time,open item',
  scheduled: 'on site scheduled,appointment,scheduled onsite,scheduled remote,planned,future',
  waiting_client:
    'pending,waiting customer,waiting on customer,waiting for customer,waiting client,waiting on client,' +
    'waiting for client,waiting client response,waiting customer response,awaiting customer,awaiting customer response,' +
    'awaiting user response,with user,with customer,with client,waiting on contact,waiting for user,waiting approval,awaiting approval,' +
    'awaiting reply,awaiting input,pending customer,pending client',
  waiting_supplier:
    'hold,on hold,waiting vendor,waiting on vendor,waiting for vendor,waiting supplier,waiting on supplier,' +
    'waiting on third party,waiting for third party,with supplier,with third party,awaiting supplier,awaiting third party,' +
    'waiting parts,waiting on parts,waiting for parts,waiting materials,pending vendor,rma,blocked',
  solved: 'resolved,completed,complete,fixed,done,finished',
  closed:
    'closed resolved,closed item,closed order,cancelled,canceled,invoiced,billed,archived,rejected,duplicate',
  deleted: 'spam,trash,trashed,removed,suspended',
})

const PRIORITY = table<Priority>({
  low: 'lowest,minor,p4,p5,planning,scheduled maintenance,trivial,sev4',
  normal: 'medium,moderate,standard,default,p3,normal response,none,sev3,average',
  high: 'p2,major,important,quick response,sev2',
  urgent: 'critical,emergency,emergency response,highest,p1,blocker,very high,immediate,sev1',
})

const YES = new Set(['true', 't', 'yes', 'y', '1', 'on', 'x'])
const NO = new Set(['false', 'f', 'no', 'n', '0', 'off'])
const PUBLIC = new Set([...YES, 'public'])
const NOT_PUBLIC = new Set([...NO, 'internal', 'private', 'hidden'])

export const statusWord = (text: string): Status | 'deleted' | undefined => STATUS.get(bare(text))

/** Also with a rank in front, as ConnectWise (`Priority 1 - Critical`) and Syncro (`0 Urgent`) write it. */
export const priorityWord = (text: string): Priority | undefined =>
  PRIORITY.get(bare(text)) ?? PRIORITY.get(bare(text.replace(/^\s*(priority\s*)?\d\W*/i, '')))

const either = (yes: Set<string>, no: Set<string>) => (text: string) => {
  const word = bare(text)
  return yes.has(word) || (no.has(word) ? false : undefined)
}

export const flagWord = either(YES, NO)
/** Only these words make a message public. */
export const publicWord = either(PUBLIC, NOT_PUBLIC)

const AUTHOR = table<'contact' | 'staff' | 'system'>({
  contact: 'customer,client,user,enduser,requester,caller',
  staff: 'agent,technician,tech,admin,employee,resource,member',
  system: 'bot,automation,rule,trigger',
})
export const authorWord = (text: string) => AUTHOR.get(bare(text))

/** Zendesk's kinds of account; other systems have a job title in a column of that name. */
const ACCOUNT = table<'contact' | 'staff'>({ contact: 'enduser', staff: 'agent,admin' })
export const accountWord = (text: string) => ACCOUNT.get(bare(text))

const TYPES = new Set([
  'incident',
  'question',
  'problem',
  'task',
  'request',
  'servicerequest',
  'change',
  'changerequest',
  'alert',
])
/** Says what kind of work a ticket is (ITIL), not what it is about: no category of ours. */
export const isWorkType = (text: string): boolean => TYPES.has(bare(text))
