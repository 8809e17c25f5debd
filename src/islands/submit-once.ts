/**
 * Every POST form is sent once: a second press does nothing, and after 400 ms the button shows that it works.
 * Coming back to the page frees it again, and so does a minute, for answers that never come.
 */
const busy = new Map<HTMLFormElement, () => void>()

const buttonOf = (form: HTMLFormElement) =>
  form.querySelector<HTMLElement>('button:not([type=button], [name])') ??
  form.querySelector<HTMLElement>('button:not([type=button])')

function hold(form: HTMLFormElement, button: HTMLElement | null) {
  const shown = setTimeout(() => {
    button?.setAttribute('aria-busy', 'true')
    button?.setAttribute('aria-disabled', 'true')
  }, 400)
  const freed = setTimeout(() => busy.get(form)?.(), 60_000)
  busy.set(form, () => {
    clearTimeout(shown)
    clearTimeout(freed)
    button?.removeAttribute('aria-busy')
    button?.removeAttribute('aria-disabled')
    busy.delete(form)
  })
}

addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return
  const button = event.submitter ?? buttonOf(form)
  // in a preview the server marks what it would refuse
  if (busy.has(form) || button?.ariaDisabled === 'true') event.preventDefault()
  else hold(form, button)
})

addEventListener('pageshow', () => {
  for (const free of busy.values()) free()
})
