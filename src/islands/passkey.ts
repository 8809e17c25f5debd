import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { define } from './define.ts'

const ask = (options: string, make: boolean) => {
  const optionsJSON: unknown = JSON.parse(options)
  return make
    ? startRegistration({ optionsJSON: optionsJSON as PublicKeyCredentialCreationOptionsJSON })
    : startAuthentication({ optionsJSON: optionsJSON as PublicKeyCredentialRequestOptionsJSON })
}

/**
 * `<passkey-form data-options data-make?>`: shown where the browser has passkeys. Its button asks the authenticator, puts
 * the answer into the form's hidden field and sends it.
 */
define('passkey-form', (element) => {
  const form = element.querySelector('form')
  const field = element.querySelector<HTMLInputElement>('input[data-answer]')
  const failed = element.querySelector<HTMLElement>('[data-failed]')
  if (!form || !field || !browserSupportsWebAuthn()) return
  element.hidden = false
  element.querySelector('[data-ask]')?.addEventListener('click', async () => {
    if (failed) failed.hidden = true
    if (!form.reportValidity()) return
    try {
      field.value = JSON.stringify(await ask(element.dataset.options ?? '', 'make' in element.dataset))
      form.requestSubmit()
    } catch {
      if (failed) failed.hidden = false
    }
  })
})
