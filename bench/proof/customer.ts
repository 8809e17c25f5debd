import { uuidv7 } from 'uuidv7'
import { paths } from '#src/paths.ts'
import type { Chance } from '../sample/chance.ts'
import type { ProvenApp } from './app.ts'
import { type Answer, type Fields, type PatientBrowser, patientBrowser, type Traffic } from './browser.ts'
import type { Ledger, Written } from './ledger.ts'
import type { MailServer } from './mails.ts'
import type { Person } from './people.ts'

export type Ground = { app: ProvenApp; mails: MailServer; traffic: Traffic; ledger: Ledger; chance: Chance }

const PATIENCE = 40_000

/** Presses Continue on the page of each new link until one lets her in; false when none did in time. */
const follow = async (browser: PatientBrowser, mails: MailServer, email: string, old: Set<string>) => {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await mails.next(1_000))
    for (const token of mails.linksTo(email)) {
      if (old.has(token)) continue
      old.add(token)
      await browser.get(paths.loginVerify())
      const { status } = await browser.post(paths.loginVerify(), { t: token })
      if (status === 303 && browser.session()) return true
    }
  return false
}

/** Signs in for real. When the answer to her link was lost she asks again, as people do; but not for ever. */
const signIn = async (browser: PatientBrowser, person: Person, { mails, ledger }: Ground) => {
  for (let tries = 1; ; tries++) {
    if (tries > 4) throw new Error(`${person.email} asked four times for a link and could not sign in`)
    browser.forget()
    const old = new Set(mails.linksTo(person.email))
    await browser.get(paths.login())
    const { status } = await browser.post(paths.login(), { email: person.email })
    if (status !== 303) ledger.faults.push(`${person.email} asked for a link and was answered ${status}`)
    if (await follow(browser, mails, person.email, old)) break
  }
  ledger.sessions.push({ token: browser.session() ?? '', contact: person.id })
}

const TICKET = /^\/portal\/tickets\/([0-9a-f-]{36})$/
const REPLY = /^\/portal\/tickets\/[0-9a-f-]{36}#m-([0-9a-f-]{36})$/

let writes = 0

/** A contact at her browser, until she is told to stop: signs in, creates tickets, answers, attaches files, signs out. */
export const customer = (person: Person, number: number, ground: Ground) => {
  const { app, traffic, ledger, chance } = ground
  const browser = patientBrowser(app, traffic, `10.7.0.${number + 1}`)
  const tickets: string[] = []

  const note = (kind: Written['kind'], marker: string, withFile: boolean, answer: Answer) => {
    const [, id] = (kind === 'ticket' ? TICKET : REPLY).exec(answer.location) ?? []
    if (!id) return void ledger.faults.push(`${marker}: answered ${answer.status} ${answer.location}`)
    ledger.written.push({ kind, marker, id, tenant: person.tenant, colleague: person.colleague, withFile })
    if (kind === 'ticket') tickets.push(id)
  }
  const newMarker = () => `proof-${++writes}-of-${person.email}`
  const write = async (kind: Written['kind'], path: string, given: (marker: string) => Fields) => {
    const marker = newMarker()
    const withFile = chance.happens(0.3)
    const files: Fields = withFile ? { files: new File([`content of ${marker}`], `${marker}.txt`) } : {}
    note(kind, marker, withFile, await browser.post(path, { ...given(marker), ...files, once: uuidv7() }))
  }
  const create = () =>
    write('ticket', paths.tickets(), (marker) => ({
      subject: marker,
      body: marker,
      priority: 'normal',
      for: person.colleague.id,
    }))
  const reply = () =>
    write('reply', paths.ticketReplies(chance.pick(tickets)), (marker) => ({ body: marker }))

  return {
    browser,
    /** The tickets that she has created. */
    tickets,
    signIn: () => signIn(browser, person, ground),
    create,
    newMarker,
    note,
    async live(isOver: () => boolean) {
      while (!isOver()) {
        if (!browser.session() || chance.happens(0.06)) await signIn(browser, person, ground)
        await browser.get(paths.newTicket())
        await (tickets.length === 0 || chance.happens(0.25) ? create() : reply())
      }
    },
  }
}

export type Customer = ReturnType<typeof customer>
