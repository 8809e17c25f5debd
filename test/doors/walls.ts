import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import { currentUrls, pool } from '#src/db/connect.ts'
import { Db } from '#src/db/scope.ts'
import { navigation } from '#src/home/navigation.ts'
import { openTickets, waitingTickets } from '#src/home/queries.ts'
import { type Preset, permissionsOf } from '#src/permissions.ts'
import { findAttachment } from '#src/tickets/attachments.ts'
import { countTickets, filterChoices } from '#src/tickets/counts.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import {
  attachmentsOf,
  colleagues,
  conversation,
  findTicket,
  history,
  lockTicket,
} from '#src/tickets/find.ts'
import { newTicketChoices } from '#src/tickets/pages/new.tsx'
import { listTickets } from '#src/tickets/queries.ts'
import { ticketScope, type Viewer } from '#src/viewer.ts'
import type { Person, World } from '#test/world.ts'

export const viewerOf = (who: Person, preset: Preset): Viewer => ({
  kind: 'contact',
  tenantId: who.tenant,
  companyId: who.company,
  contactId: who.id,
  sessionId: who.id,
  name: who.name,
  email: who.email,
  companyName: '',
  permissions: permissionsOf({ preset, permissions: [] }),
})

const connectionOf = (client: pg.ClientBase) => ({
  executeQuery: async <R>({ sql, parameters }: CompiledQuery) => {
    const { rows, rowCount } = await client.query({ text: sql, values: [...parameters] })
    return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
  },
  streamQuery: () => {
    throw new Error('nothing streams')
  },
})

/** The portal's transaction with the viewer's scope, but a handle whose queries name neither tenant nor company. */
export const withoutPlugin = async <T>(viewer: Viewer, work: (db: Db) => Promise<T>): Promise<T> => {
  const client = await pool('portal').connect()
  try {
    await client.query(
      `begin; set local app.tenant = '${viewer.tenantId}'; set local app.company = '${viewer.companyId}';
        set local app.contact = '${viewer.contactId}'; set local app.tickets = '${ticketScope(viewer)}'`,
    )
    return await work(Object.assign(new Db(connectionOf(client)), { tenant: viewer.tenantId }))
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** A handle as features get it, but on a connection of the owner, whom row-level security lets see everything. */
export const withoutPolicies = async <T>(
  viewer: Viewer,
  plugin: boolean,
  work: (db: Db) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString: currentUrls().owner })
  await client.connect()
  try {
    const scope = { tenant: viewer.tenantId, company: viewer.companyId }
    const db = new Db(connectionOf(client), plugin ? scope : undefined)
    return await work(plugin ? db : Object.assign(db, { tenant: viewer.tenantId }))
  } finally {
    await client.end()
  }
}

/** Everything that the portal's own queries answer, asked also for what belongs to others. */
export const readAll = async (db: Db, viewer: Viewer, w: World): Promise<string> => {
  const found: unknown[] = []
  for (const tab of ['open', 'closed', 'all'])
    for (const q of ['', 'a', 'CANARY', 'NOTE', 'e']) {
      const { filter } = parseFilter({ tab, q })
      found.push(await listTickets(db, viewer, filter, false), await listTickets(db, viewer, filter, true))
    }
  found.push(await countTickets(db, viewer, false), await filterChoices(db), await colleagues(db))
  found.push(await openTickets(db, viewer), await waitingTickets(db, viewer), await navigation(db, viewer))
  found.push(await newTicketChoices(db, viewer))
  for (const { id, file, hiddenFile } of Object.values(w.tickets)) {
    found.push(
      await findTicket(db, id),
      await lockTicket(db, id),
      await conversation(db, id),
      await history(db, id),
    )
    found.push(await attachmentsOf(db, id))
    for (const attachment of [file, hiddenFile])
      if (attachment) found.push(await findAttachment(db, attachment))
  }
  return JSON.stringify(found)
}
