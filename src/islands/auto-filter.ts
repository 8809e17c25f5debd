import { define } from './define.ts'

/**
 * `<auto-filter><form method="get">`: choosing with the pointer applies at once. With the keyboard each arrow key is
 * a change, so there the Apply button, hidden until it has the focus, has the last word. Empty fields stay out of the URL.
 */
define('auto-filter', (element) => {
  const form = element.querySelector('form')
  if (!form) return
  let typing = false
  form.addEventListener('keydown', () => {
    typing = true
  })
  form.addEventListener('pointerdown', () => {
    typing = false
  })
  form.addEventListener('change', ({ target }) => {
    if (!typing && !(target instanceof HTMLInputElement && target.type === 'search')) form.requestSubmit()
  })
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name)
  })
})
