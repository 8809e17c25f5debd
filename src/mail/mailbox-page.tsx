import { Hono } from 'hono'
import type { FC } from 'hono/jsx'
import { listMailbox, readMailbox } from '#src/mail/mailbox.ts'
import type { Message } from '#src/mail/message.ts'
import { paths } from '#src/paths.ts'
import { Bare } from '#src/web/bare.tsx'
import type { PublicEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Card, DL, Time } from '#src/web/ui/content.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

const Sent: FC<{ at: Date }> = ({ at }) => {
  const { format } = useView()
  return <Time at={at.toISOString()} text={format.moment(at)} full={format.exact(at)} />
}

const ListPage: FC<{ messages: Message[]; to?: string | undefined }> = ({ messages, to }) => {
  const { t } = useView()
  return (
    <Bare title={t('mailbox.title')} wide>
      <h1>{t('mailbox.title')}</h1>
      <p class="lede mt-1.5">{t('mailbox.lede')}</p>
      <form class="mt-6" method="get">
        <TextField id="to" type="email" label={t('mailbox.filter')} value={to} />
        <div class="actions mt-3">
          <Button type="submit" variant="outline">
            {t('mailbox.show')}
          </Button>
          <LinkButton href={paths.mailbox(to)} variant="ghost">
            {t('mailbox.refresh')}
          </LinkButton>
        </div>
      </form>
      {messages.length === 0 && <p class="mt-6">{t('mailbox.empty')}</p>}
      <ul class="rows mt-6">
        {messages.map(({ id, subject, to: address, date }) => (
          <li>
            <div class="row">
              <div class="min-w-0">
                <a class="cover font-medium" href={paths.mailboxMail(id)}>
                  {subject}
                </a>
                <p class="text-sm text-muted-foreground">
                  {t('mailbox.to', { address })} · <Sent at={date} />
                </p>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Bare>
  )
}

const Address: FC<{ href: string }> = ({ href }) => (
  <a class="underline" href={href}>
    {href}
  </a>
)

/** Addresses become links; nothing else of the text is more than text. */
const Linked: FC<{ text: string }> = ({ text }) => (
  <>{text.split(/(https?:\/\/\S+)/).map((part, at) => (at % 2 ? <Address href={part} /> : part))}</>
)

const MailPage: FC<{ message: Message }> = ({ message }) => {
  const { t } = useView()
  const { id, subject, from, to, replyTo, date, text } = message
  return (
    <Bare title={subject} wide="full">
      <h1>{subject}</h1>
      <div class="mt-4">
        <DL
          items={[
            [t('mailbox.from'), `${from.name} <${from.address}>`],
            [t('mailbox.recipient'), to],
            [t('mailbox.answers'), replyTo],
            [t('mailbox.sent'), <Sent at={date} />],
          ]}
        />
      </div>
      <div class="mt-6 grid items-start gap-6 lg:grid-cols-2">
        <Card title={t('mailbox.html')} id="html">
          <iframe
            class="h-[40rem] w-full"
            src={paths.mailboxHtml(id)}
            title={t('mailbox.html')}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        </Card>
        <Card title={t('mailbox.text')} id="text">
          <section>
            <pre class="whitespace-pre-wrap break-words text-sm">
              <Linked text={text} />
            </pre>
          </section>
        </Card>
      </div>
      <p class="mt-6">
        <LinkButton href={paths.mailbox(to)} variant="outline">
          {t('mailbox.all')}
        </LinkButton>
      </p>
    </Bare>
  )
}

// as a mail program shows it: no scripts, nothing loaded, links open beside it
const MAIL_CSP =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

/** What would have been sent, for development and the demo, where no mailer is set up. Never mounted in production. */
export const mailbox = new Hono<PublicEnv>()
  .get('/', async (c) => {
    const to = c.req.query('to')?.trim() || undefined
    const messages = await listMailbox(to)
    if (messages.length === 0) c.header('refresh', '5')
    return render(c, <ListPage messages={messages} to={to} />)
  })
  .get('/:id', async (c) => {
    const message = await readMailbox(c.req.param('id'))
    return message ? render(c, <MailPage message={message} />) : notFound(c)
  })
  .get('/:id/html', async (c) => {
    const message = await readMailbox(c.req.param('id'))
    return message ? c.html(message.html, 200, { 'content-security-policy': MAIL_CSP }) : notFound(c)
  })
