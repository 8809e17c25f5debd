import type { FC } from 'hono/jsx'
import type { Current } from '#src/announcements/queries.ts'
import { Notice } from '#src/web/ui/feedback.tsx'

const ICON = { info: 'megaphone', attention: 'triangle-alert', danger: 'siren' } as const

/** What the MSP tells this company now, at the top of its start page. */
export const Announcements: FC<{ rows: Current[] }> = ({ rows }) => (
  <>
    {rows.map((row) => (
      <Notice
        class="mb-4"
        icon={ICON[row.severity]}
        tone={row.severity}
        title={<span dir="auto">{row.title}</span>}
      >
        {row.body && (
          <span class="whitespace-pre-line" dir="auto">
            {row.body}
          </span>
        )}
      </Notice>
    ))}
  </>
)
