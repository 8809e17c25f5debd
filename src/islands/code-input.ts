import { define } from './define.ts'

/** `<code-input>`: of what is typed or pasted ("4829 1357") the eight digits stay. */
define('code-input', (element) => {
  const input = element.querySelector('input')
  input?.addEventListener('input', () => {
    const digits = input.value.replace(/\D/g, '').slice(0, 8)
    if (digits !== input.value) input.value = digits
  })
})
