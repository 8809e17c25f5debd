import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'

/** Two groups of four, drawn once; the text is one ordinary input on top, so paste and autofill just work. */
const slots = raw(
  `<svg viewBox="0 0 390 56" preserveAspectRatio="none" aria-hidden="true">${[0, 200]
    .map(
      (x) => `<rect x="${x}" width="190" height="56" rx="10"/><path d="M${x + 45} 0v56m50-56v56m50-56v56"/>`,
    )
    .join('')}</svg>`,
)

/** Eight digits. Spaces and dashes may be pasted (hence the wide maxlength); the server drops them too. */
export const CodeField: FC<{
  id: string
  name?: string
  label: string
  hint?: string
  error?: string
  autofocus?: boolean
}> = ({ id, name, label, hint, error, autofocus }) => (
  <div class="@container">
    <label class="label mb-2" for={id}>
      {label}
    </label>
    <code-input class="code-field">
      {slots}
      <input
        id={id}
        name={name ?? id}
        inputmode="numeric"
        autocomplete="one-time-code"
        pattern="\s*([0-9][\s\-]*){8}"
        maxlength={24}
        required
        autofocus={autofocus}
        aria-describedby={error ? `${id}-error` : hint && `${id}-hint`}
        aria-invalid={error ? 'true' : undefined}
      />
    </code-input>
    {error && (
      <p class="field-error mt-2" id={`${id}-error`}>
        {error}
      </p>
    )}
    {hint && (
      <p class="mt-2 text-sm text-muted-foreground" id={`${id}-hint`}>
        {hint}
      </p>
    )}
  </div>
)
