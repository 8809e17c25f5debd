import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { aRun, listeningLog } from '#src/jobs/test-ground.ts'
import { mailSend } from '#src/mail/jobs.ts'
import { kinds } from '#src/mail/kinds.ts'
import { type NewMail, queueMail } from '#src/mail/outbox.ts'
import { type MailSettings, useMail } from '#src/mail/settings.ts'

kinds.note = async (_db, { data }, tenant) => {
  const { text } = z.object({ text: z.string().default('Printer fixed.') }).parse(data)
  return {
    subject: `[4812] ${text}`,
    preheader: 'Sam answered',
    blocks: [
      { type: 'heading', text: 'Sam answered' },
      { type: 'quote', by: 'Sam', text },
      { type: 'button', label: 'Open the ticket', href: `${tenant.origin}/portal/tickets/1` },
    ],
  }
}
kinds.needless = async () => undefined

type Received = { raw: string; from: string; to: string[]; mail: ParsedMail }

const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

/** A mail server that takes what it gets, unless `refuseNext` says otherwise for one recipient or message. */
export const smtpServer = async () => {
  const received: Received[] = []
  const refusals: { at: 'RCPT TO' | 'DATA'; error: Error }[] = []
  const refused = (at: 'RCPT TO' | 'DATA') => (refusals[0]?.at === at ? refusals.shift()?.error : undefined)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refused('RCPT TO')),
    onData: async (stream, { envelope }, done) => {
      const raw = Buffer.concat(await stream.toArray()).toString()
      const error = refused('DATA')
      if (error) return done(error)
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      const to = envelope.rcptTo.map(({ address }) => address)
      received.push({ raw, from, to, mail: await simpleParser(raw) })
      done(null, 'taken')
    },
  })
  server.on('error', () => {}) // a client that hangs up
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: urlOf(server.server),
    received,
    refuseNext: (at: 'RCPT TO' | 'DATA', code: number, text: string) => {
      refusals.push({ at, error: refusal(code, text) })
    },
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}

const rawServer = async (talk: (socket: Socket) => void) => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    talk(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: urlOf(server),
    connections: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

/** Accepts connections and never says a word. */
export const silentServer = () => rawServer(() => {})

/** Greets, and then never comes to the end of its first answer. */
export const chattyServer = () =>
  rawServer((socket) => {
    socket.write('220 hello\r\n')
    const chat = setInterval(() => socket.write('250-and\r\n'), 20)
    socket.on('close', () => clearInterval(chat))
  })

const urlOf = (server: Pick<Server, 'address'>) => {
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return `smtp://127.0.0.1:${address.port}`
}

/** Tells the mail system about an installation with a data directory of its own. */
export const installation = async (given: Partial<MailSettings> = {}) => {
  const settings: MailSettings = {
    MODE: 'development',
    PUBLIC_URL: new URL('http://localhost:3000'),
    DATA_DIR: await mkdtemp(join(tmpdir(), 'mail-')),
    SMTP_URL: undefined,
    MAIL_FROM: undefined,
    ...given,
  }
  useMail(settings)
  return settings
}

/** A tenant with one company and one contact, Dana. */
export const aTenant = async (given: { name?: string; phone?: string | null; settings?: object } = {}) => {
  const tenant = uuidv7()
  const company = uuidv7()
  const dana = uuidv7()
  await asSystem(
    'test',
    async (db) => {
      await db
        .insertInto('tenant')
        .values({
          slug: `t${tenant.slice(-12)}`,
          name: given.name ?? 'Northwind IT',
          support_email: 'help@northwind.example',
          support_phone: given.phone === undefined ? '(206) 555-0142' : given.phone,
          settings: JSON.stringify(given.settings ?? {}),
        })
        .execute()
      await db.insertInto('company').values({ id: company, name: 'Fjord', name_key: 'fjord' }).execute()
      const email = 'dana@fjord.example'
      await db
        .insertInto('contact')
        .values({ id: dana, company_id: company, name: 'Dana', email, email_key: email })
        .execute()
    },
    tenant,
  )
  return { tenant, dana }
}

export const queue = async (tenant: string, given: Partial<NewMail> = {}) => {
  const mail: NewMail = { kind: 'note', to: 'dana@fjord.example', data: {}, dedupeKey: uuidv7(), ...given }
  const id = await asSystem('test', (db) => queueMail(db, mail), tenant)
  if (!id) throw new Error('this mail was there already')
  return id
}

export const mailRow = (tenant: string, id: string) =>
  asSystem(
    'test',
    (db) => db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    tenant,
  )

/** Runs `mail:send` once, as the worker does. Answers its log. */
export const send = async (tenant: string, mail: string, last = false) => {
  const { logger, lines } = listeningLog()
  await mailSend.perform({ tenant, mail }, aRun(logger, { last }))
  return lines
}
