import type { Child, FC } from 'hono/jsx'
import { asset } from '#src/web/assets.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { useView } from '#src/web/view.ts'

export type PasskeyProps = {
  action: string
  /** From askOptions or makeOptions. */
  options: string
  make?: boolean
  label: string
  /** Fields before the button, or hidden ones. */
  children?: Child
}

/** A form whose one field is a passkey's answer; hidden where the browser has none. */
export const PasskeyForm: FC<PasskeyProps> = ({ action, options, make, label, children }) => {
  const { t } = useView()
  return (
    <>
      <passkey-form hidden data-options={options} data-make={make ? '' : undefined}>
        <form method="post" action={action} class="grid gap-3">
          <Csrf />
          {children}
          <input type="hidden" name={make ? 'newPasskey' : 'passkey'} value="" data-answer />
          <button type="button" class="btn w-full" data-variant="outline" data-size="lg" data-ask>
            <Icon name="fingerprint" />
            {label}
          </button>
          <p class="field-error" role="alert" data-failed hidden>
            {t('staffSignIn.passkey.failed')}
          </p>
        </form>
      </passkey-form>
      <script type="module" src={asset('passkey.js')} />
    </>
  )
}
