import { within } from './define.ts'

/** Control or Command + Enter in any text area sends its form. */
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return
  const area = within<HTMLTextAreaElement>(event, 'textarea')
  if (!area?.form) return
  event.preventDefault()
  area.form.requestSubmit()
})
