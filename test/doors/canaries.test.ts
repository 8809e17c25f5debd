import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { crawl } from '#test/doors/crawl.ts'
import { hire, staffAnswer } from '#test/staff.ts'
import { as, type Person, type World, world } from '#test/world.ts'

const COLUMN = 'A-COLUMN-THAT-NOBODY-ASKED-FOR'

let w: World
beforeAll(async () => {
  w = await world()
  // a column that is added later must not appear by itself
  const tables = await asOwner<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity`,
  )
  for (const { name } of tables)
    await asOwner(`alter table ${name} add secret_canary text not null default '${COLUMN}'`)
  for (const [tenant, ticket, canary] of [
    [w.quayline, w.tickets.alices, 'ALICE'],
    [w.quayline, w.tickets.bobs, 'BOLT'],
    [w.harbor, w.tickets.zoes, 'HARBOR'],
  ] as const) {
    const staff = await hire(tenant, `Tess of ${canary}`)
    await staffAnswer(tenant, staff, ticket.id, { body: `${canary}-ANSWER`, status: 'waiting_client' })
    await staffAnswer(tenant, staff, ticket.id, { body: `${canary}-STAFF-ONLY`, internal: true })
  }
})

const NEVER = [
  COLUMN,
  'secret_canary',
  'SECRET-INTERNAL-NOTE',
  'STAFF-ONLY',
  'INTERNAL',
  'internal-alice.txt',
  'alice.txt.internal',
]
const ACME = ['ALICE', 'AMIR-PUBLIC', 'AMIR-CONFIDENTIAL', 'alice.txt']
const BOLT = ['BOLT', 'bolt.txt', 'Bob server']
const HARBOR = ['HARBOR', 'harbor.txt', 'Zoe switch', 'Harbor Managed IT']

type Sees = { who: (w: World) => Person; shown: string[]; hidden: string[] }

const CAST: Record<string, Sees> = {
  'a user, her own tickets': {
    who: () => w.alice,
    shown: ['ALICE-PUBLIC', 'ALICE-ANSWER', 'alice.txt'],
    hidden: ['AMIR-PUBLIC', 'AMIR-CONFIDENTIAL', 'Amir laptop', ...BOLT, ...HARBOR],
  },
  'her colleague, his own and confidential ones': {
    who: () => w.amir,
    shown: ['AMIR-PUBLIC', 'AMIR-CONFIDENTIAL'],
    hidden: ['ALICE', 'alice.txt', ...BOLT, ...HARBOR],
  },
  'a viewer with no ticket': { who: () => w.roles.viewer, shown: [], hidden: [...ACME, ...BOLT, ...HARBOR] },
  'an approver, the company but nothing confidential': {
    who: () => w.roles.approver,
    shown: ['ALICE-PUBLIC', 'ALICE-ANSWER', 'AMIR-PUBLIC', 'alice.txt'],
    hidden: ['AMIR-CONFIDENTIAL', 'Amir confidential', ...BOLT, ...HARBOR],
  },
  'an admin, the whole company': { who: () => w.roles.admin, shown: ACME, hidden: [...BOLT, ...HARBOR] },
  'an admin of the other company': {
    who: () => w.bob,
    shown: ['BOLT-CANARY', 'BOLT-ANSWER'],
    hidden: [...ACME, ...HARBOR],
  },
  'an admin of the other tenant': {
    who: () => w.zoe,
    shown: ['HARBOR-CANARY', 'HARBOR-ANSWER'],
    hidden: [...ACME, ...BOLT, 'Quayline'],
  },
}

describe('everything that links lead to, and searches', () => {
  test.each(Object.entries(CAST))('%s', async (_, { who, shown, hidden }) => {
    const searches = ['', 'CAN', 'PUB', 'CONF', 'NOTE', 'STAFF', 'e', '1'].flatMap((q) => [
      paths.tickets({ q, tab: 'all' }),
      paths.tickets({ q, tab: 'waiting' }),
    ])
    const { pages, text } = await crawl(await as(who(w)), [paths.home(), ...searches])
    expect(pages).toBeGreaterThan(15)
    expect(shown.filter((word) => !text.includes(word))).toEqual([])
    expect([...hidden, ...NEVER].filter((word) => text.includes(word))).toEqual([])
    const strangers = [w.tickets.bobs, w.tickets.zoes].filter(
      (ticket) =>
        !(who(w) === w.bob && ticket === w.tickets.bobs) && !(who(w) === w.zoe && ticket === w.tickets.zoes),
    )
    expect(
      strangers.flatMap(({ id, message, file }) => [id, message, file]).filter((id) => text.includes(id)),
    ).toEqual([])
  })
})
