import { define } from './define.ts'

/** Session storage: one entry a field, `draft <whose> <address of the form> <name>`; `sent` names the form sent last. */
const sentKey = 'sent'

/**
 * A redirect to a signed-in page means that the form was taken: then its drafts go. Any other answer (an error, no
 * network, the sign-in page) leaves them.
 */
function forgetSent() {
  const sent = sessionStorage.getItem(sentKey)
  if (!sent) return
  sessionStorage.removeItem(sentKey)
  const [arrival] = performance.getEntriesByType('navigation')
  const redirected = arrival instanceof PerformanceNavigationTiming && arrival.redirectCount > 0
  if (!redirected || !document.querySelector('.shell')) return
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(sent)) sessionStorage.removeItem(key)
}

forgetSent()

/** Nothing of a person stays in the tab when she signs out. */
addEventListener('submit', ({ target }) => {
  if (!(target instanceof HTMLFormElement) || !target.action.endsWith('/logout')) return
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('draft ')) sessionStorage.removeItem(key)
})

/**
 * `<draft-keeper data-owner>`: keeps what is typed in the text fields inside until the form is taken, for one person. The
 * browser's own memory of them is switched off: it would bring back what was sent.
 */
define('draft-keeper', (element) => {
  const fields = element.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(
    'textarea, input[type=text]',
  )
  for (const field of fields) {
    const { form, name } = field
    if (!form) continue
    const key = `draft ${element.dataset.owner} ${form.action} `
    field.autocomplete = 'off'
    field.value ||= sessionStorage.getItem(key + name) ?? ''
    field.addEventListener('input', () => {
      if (field.value) sessionStorage.setItem(key + name, field.value)
      else sessionStorage.removeItem(key + name)
    })
    form.addEventListener('submit', () => sessionStorage.setItem(sentKey, key))
  }
})
