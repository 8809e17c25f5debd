import type { Handler } from 'hono'

/**
 * Pages of the portal may be fetched when a finger or pointer is down on their link (conservative), never run ahead.
 * GET changes nothing, so a page that is fetched and not opened does no harm; files are left out because they are large.
 */
const rules = {
  prefetch: [
    {
      where: {
        and: [
          { href_matches: '/portal*' },
          { not: { href_matches: '/portal/attachments/*' } },
          { not: { href_matches: '/portal/login*' } },
        ],
      },
      eagerness: 'conservative',
    },
  ],
}

export const SPECULATION = { path: '/speculation.json', header: '"/speculation.json"' }

export const serveSpeculation: Handler = (c) =>
  c.body(JSON.stringify(rules), 200, {
    'content-type': 'application/speculationrules+json',
    'cache-control': 'public, max-age=86400',
  })
