import { once } from 'node:events'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asSystem } from '#src/db/scope.ts'
import { mailSettings, useMail } from '#src/mail/settings.ts'
import { closeMailers } from '#src/mail/smtp.ts'
import { GRAPH, graphServer } from '#src/mail/test-graph.ts'
import { queue, send as sendNow } from '#src/mail/test-ground.ts'
import { paths } from '#src/paths.ts'
import { lastAudit } from '#src/settings/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { valuesOf, wordsOf } from '#test/pages.ts'
import { asStaff, type Fields, type World, world } from '#test/world.ts'

const MAIL = paths.staff.settingsOf('mail')
const PASSWORD = 'c0rrect-horse-battery'

type Received = Awaited<ReturnType<typeof simpleParser>>

/** Wants a name and a password. */
const closedServer = async () => {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'quayline' && password === PASSWORD
        ? done(null, { user: username })
        : done(Object.assign(new Error('5.7.8 Authentication credentials invalid'), { responseCode: 535 })),
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.startsWith('manager')
          ? Object.assign(new Error('No such user'), { responseCode: 550 })
          : null,
      ),
    onData: async (stream, _session, done) => {
      received.push(await simpleParser(Buffer.concat(await stream.toArray())))
      done(null, 'taken as 4711')
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    received,
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
let smtp: Awaited<ReturnType<typeof closedServer>>
let graph: Awaited<ReturnType<typeof graphServer>>
beforeAll(async () => {
  w = await world()
  admin = await asStaff(w.staff.administrator)
  smtp = await closedServer()
  graph = await graphServer()
})
beforeEach(() =>
  useMail({
    ...mailSettings(),
    MODE: 'test',
    GRAPH_URL: graph.url,
    GRAPH_LOGIN_URL: graph.url,
    SMTP_URL: undefined,
  }),
)
afterAll(async () => {
  await closeMailers()
  await smtp.close()
  await graph.close()
})

const form = (change: Fields = {}): Fields => ({
  by: 'smtp',
  smtpHost: '127.0.0.1',
  smtpPort: String(smtp.port),
  smtpSecurity: 'none',
  smtpUser: 'quayline',
  smtpPassword: PASSWORD,
  smtpFrom: 'portal@quayline.example',
  ...change,
})
const tryIt = () => admin.post(paths.staff.settingsDo('mail', 'tests'))

describe('a mail server of one’s own', () => {
  test('is kept without its password showing up anywhere, and sends the test and every other mail', async () => {
    expect((await admin.post(MAIL, form())).location).toBe(MAIL)
    const tested = await tryIt()
    expect(wordsOf(tested)).toContain(`The test is on its way to ${w.staff.administrator.email}`)
    expect(wordsOf(tested)).toContain('taken as 4711')
    expect(smtp.received[0]?.text).toContain('the portal can send mail')
    expect(smtp.received[0]?.html).toContain('<html')
    await sendNow(w.quayline, await queue(w.quayline))
    expect(smtp.received[1]?.from?.value[0]?.address).toBe('portal@quayline.example')

    const page = await admin.get(MAIL)
    expect(valuesOf(page, 'smtpPassword')).toEqual([''])
    expect(wordsOf(page)).toContain('Leave it empty to keep it')
    const everything = await asOwner(
      `select (select string_agg(to_jsonb(t)::text, '') from tenant t) || (select string_agg(to_jsonb(a)::text, '') from audit_event a)
        || (select string_agg(to_jsonb(s)::text, '') from tenant_secret s) as text`,
    )
    expect(JSON.stringify(everything)).not.toContain(PASSWORD)
    expect(page.text + tested.text).not.toContain(PASSWORD)
    expect((await lastAudit('settings.mailer'))?.data).toMatchObject({
      before: {},
      after: { by: 'smtp', host: '127.0.0.1', user: 'quayline' },
      'secret changed': true,
    })
    expect((await lastAudit('settings.mailer-tested'))?.data).toMatchObject({ outcome: 'sent' })
  })

  test('says what went wrong in words: password, port, name, recipient, encryption', async () => {
    const told = async (change: Fields) => {
      expect((await admin.post(MAIL, form(change))).status).toBe(303)
      return wordsOf(await tryIt())
    }
    const wrong = await told({ smtpPassword: 'wr0ng-secret' })
    expect(wrong).toContain('The server refused the user name or the password')
    expect(wrong).toContain('535 5.7.8 Authentication credentials invalid')
    expect(wrong).not.toContain('wr0ng-secret')
    expect(await told({ smtpPort: '1' })).toContain('The server didn’t answer')
    expect(await told({ smtpHost: 'nowhere.invalid' })).toContain('There is no server with this name')
    expect(await told({ smtpSecurity: 'starttls' })).toContain('No secure connection could be made')
    await told({})
    const manager = await asOwner(
      `update staff_member set role = 'administrator' where id = $1 returning email`,
      [w.staff.manager.id],
    )
    const theirs = await asStaff(w.staff.manager)
    const refused = wordsOf(await theirs.post(paths.staff.settingsDo('mail', 'tests')))
    expect(refused).toContain('550 No such user')
    expect(refused).toContain(`The server refused ${manager[0]?.email}`)
    await asOwner(`update staff_member set role = 'manager' where id = $1`, [w.staff.manager.id])
  })

  test('keeps its password when the field is empty, but never for another server or user', async () => {
    await admin.post(MAIL, form())
    expect(
      (await admin.post(MAIL, form({ smtpPassword: '', smtpFrom: 'new@quayline.example' }))).status,
    ).toBe(303)
    expect(wordsOf(await tryIt())).toContain('is on its way')
    const elsewhere: Fields[] = [{ smtpHost: 'evil.example' }, { smtpPort: '2525' }, { smtpUser: 'other' }]
    for (const change of elsewhere) {
      const answer = await admin.post(MAIL, form({ smtpPassword: '', ...change }))
      expect([answer.status, answer.text.includes('id="smtpPassword-error"')]).toEqual([422, true])
    }
  })

  test('comes back with what was typed, never with the password', async () => {
    const answer = await admin.post(
      MAIL,
      form({ smtpHost: 'a b', smtpPort: '99999', smtpFrom: 'x', smtpSecurity: 'perhaps' }),
    )
    expect(answer.status).toBe(422)
    expect(wordsOf(answer)).toContain('Check these 4 fields')
    expect(valuesOf(answer, 'smtpHost')).toEqual(['a b'])
    expect(answer.text).not.toContain(PASSWORD)
  })

  test('must be on the public internet in production', async () => {
    await admin.post(MAIL, form())
    useMail({ ...mailSettings(), MODE: 'production' })
    expect(wordsOf(await tryIt())).toContain('This server is not on the public internet')
  })

  test('asks for the second factor again when that was a while ago, and changes nothing before', async () => {
    await admin.post(MAIL, form())
    const late = await asStaff(w.staff.administrator)
    await asOwner(`update staff_session set proved_at = now() - interval '6 minutes' where staff_id = $1`, [
      w.staff.administrator.id,
    ])
    const asked = await late.post(MAIL, form({ smtpHost: 'later.example' }))
    expect([asked.status, asked.text.includes('name="proof"')]).toEqual([422, true])
    expect(valuesOf(asked, 'smtpHost')).toContain('later.example')
    for (const what of ['tests', 'removal'])
      expect((await late.post(paths.staff.settingsDo('mail', what))).text).toContain('name="proof"')
    expect(valuesOf(await late.get(MAIL), 'smtpHost')).toEqual(['127.0.0.1'])
    await asOwner(`update staff_session set proved_at = now()`)
  })

  test('is not for technicians, and not the neighbor’s', async () => {
    const tech = await asStaff(w.staff.technician)
    expect((await tech.post(MAIL, form())).status).toBe(403)
    expect((await tech.post(paths.staff.settingsDo('mail', 'tests'))).status).toBe(403)
    const harbor = await (await asStaff(w.harborStaff)).get(MAIL)
    expect(harbor.text).not.toContain('quayline.example')
    const [secret] = await asSystem(
      'test',
      (db) => db.selectFrom('tenant_secret').select('name').execute(),
      w.harbor,
    )
    expect(secret).toBeUndefined()
  })
})

describe('Microsoft 365', () => {
  const graphForm = (secret: string): Fields => ({
    by: 'graph',
    graphDirectory: GRAPH.directory,
    graphClient: GRAPH.client,
    graphSecret: secret,
    graphFrom: 'portal@contoso.example',
  })

  test('sends, and says in words what Microsoft refused', async () => {
    await admin.post(MAIL, graphForm('wrong~secret'))
    const wrong = wordsOf(await tryIt())
    expect(wrong).toContain('The server refused the user name or the password')
    expect(wrong).toContain('AADSTS7000215: Invalid client secret provided')
    await admin.post(MAIL, graphForm(GRAPH.secret))
    expect(wordsOf(await tryIt())).toContain('is on its way')
    expect(graph.sent[0]?.mail.to).toMatchObject({ value: [{ address: w.staff.administrator.email }] })
    graph.refuseNext(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
    expect(wordsOf(await tryIt())).toContain('The server refused the sender address')
    const left = await asOwner('select name from tenant_secret where tenant_id = $1', [w.quayline])
    expect(left).toEqual([{ name: 'graph-secret' }])
  })
})

test('administrators are told on every page while there is no mail server, and nobody else is', async () => {
  await admin.post(paths.staff.settingsDo('mail', 'removal'))
  expect(await asOwner('select 1 from tenant_secret where tenant_id = $1', [w.quayline])).toEqual([])
  const banner = 'No mail server is set up'
  expect(wordsOf(await admin.get(paths.staff.audit()))).not.toContain(banner)
  useMail({ ...mailSettings(), MODE: 'production' })
  expect(wordsOf(await admin.get(paths.staff.audit()))).toContain(banner)
  expect(wordsOf(await (await asStaff(w.staff.manager)).get(paths.staff.companies()))).not.toContain(banner)
  expect(wordsOf(await tryIt())).toContain('No mail server is set, so nothing was sent')
  await admin.post(MAIL, form())
  expect(wordsOf(await admin.get(paths.staff.audit()))).not.toContain(banner)
})
