import { describe, expect, test } from 'vitest'
import { DropZone } from './attach.tsx'
import { Badge, Count, Dot } from './badge.tsx'
import { Button } from './button.tsx'
import { Options } from './choice.tsx'
import { Card, DL, FileChip, Todo } from './content.tsx'
import { EmptyState, ErrorSummary } from './feedback.tsx'
import { TextField } from './field.tsx'
import { Menu, MenuAction, MenuLink } from './menu.tsx'
import { PageHead, Pager, Tabs } from './page.tsx'
import { initials, PersonRow } from './people.tsx'
import { Shell } from './shell.tsx'
import { Table } from './table.tsx'
import { Message, PlainText, Steps } from './thread.tsx'
import { TicketLine, TicketTableRow } from './ticket-rows.tsx'

const bad = `"><img src=x onerror=alert(1)>'&`
const link = { href: bad, label: bad }
const row = { ...link, number: bad, subject: bad, person: bad, status: 'new', statusLabel: bad } as const
const time = { at: bad, when: bad, full: bad, unread: bad }
const words = { remove: bad, tooBig: bad, added: bad, removed: bad, pasted: bad }

const everything = (
  <Shell
    title={bad}
    lang={bad}
    tenant={{ name: bad, href: bad, logo: bad }}
    assets={{ css: bad, js: bad, font: bad, icon: bad }}
    brandCss={bad}
    nav={[{ label: bad, items: [{ ...link, icon: 'house', count: 1, countLabel: bad }] }]}
    tabs={[
      { ...link, icon: 'house' },
      { ...link, icon: 'plus', primary: true },
    ]}
    user={{
      name: bad,
      company: bad,
      label: bad,
      items: [{ ...link, icon: 'house' }],
      signOut: { ...link, action: bad, fields: bad },
    }}
    labels={{ skip: bad, sidebar: bad, nav: bad }}
    search={{ action: bad, page: bad, fields: bad, label: bad, placeholder: bad, value: bad }}
    back={link}
    primary={{ ...link, icon: 'plus' }}
    desk={bad}
  >
    <PageHead title={bad} sub={bad} eyebrow={bad} crumbs={{ label: bad, items: [link, { label: bad }] }} />
    <Tabs label={bad} items={[{ ...link, count: bad }]} />
    <Table caption={bad} columns={[link]}>
      <TicketTableRow {...row} {...time} excerpt={bad} badges={[link]} />
    </Table>
    <TicketLine {...row} {...time} />
    <Pager label={bad} back={link} on={link} />
    <Card title={bad} id={bad} note={bad} link={link} footer={bad}>
      <Todo title={bad} meta={bad} when={bad} icon="info" tone="brand" action={link} />
      <DL items={[[bad, bad]]} />
      <FileChip name={bad} meta={bad} href={bad} thumb={bad} />
      <Badge>{bad}</Badge>
      <Count n={bad} label={bad} />
      <Dot label={bad} />
    </Card>
    <Message id={bad} author={bad} role={bad} time={bad} files={bad}>
      <PlainText text={bad} />
    </Message>
    <Steps items={[{ status: 'new', label: bad, note: bad }]} />
    <PersonRow name={bad} role={bad} />
    <Menu trigger={bad} label={bad}>
      <MenuLink {...link} />
      <MenuAction {...link} action={bad} />
    </Menu>
    <TextField id={bad} label={bad} hint={bad} error={bad} value={bad} placeholder={bad} />
    <Options items={[{ value: bad, label: bad }]} value={bad} />
    <Button label={bad} value={bad}>
      {bad}
    </Button>
    <DropZone id={bad} maxBytes={1} text={words} label={bad} hint={bad} />
    <EmptyState icon="inbox" title={bad} text={bad} />
    <ErrorSummary title={bad} errors={[{ field: bad, message: bad }]} />
  </Shell>
)

describe('components', () => {
  test('escape every word and address that they are given', async () => {
    const page = String(await everything.toString())
    expect(page.includes('<img src=x')).toBe(false)
    expect(page.split('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;').length).toBeGreaterThan(100)
  })

  test('keep to the policy: no style attributes, no inline scripts', async () => {
    const page = String(await everything.toString())
    expect(/\sstyle=|<script(?![^>]*\ssrc=)|\son\w+="/.test(page)).toBe(false)
  })
})

test.each([
  ['Dana Whitfield', 'DW'],
  ['Mary-Jane O’Neil Watson', 'MW'],
  ['Zoë', 'Z'],
  ['e\u0301mile zola', 'E\u0301Z'],
  ['李 小龙', '李小'],
  ['', ''],
])('initials of %s are %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
