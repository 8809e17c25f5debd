import { define } from './define.ts'

/** `<menu-box><details>`: closes with Escape (focus goes back), by pressing elsewhere, and when the focus leaves. */
define('menu-box', (element) => {
  const menu = element.querySelector('details')
  if (!menu) return
  const closeUnlessIn = (target: EventTarget | null) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false
  }
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
  menu.addEventListener('focusout', (event) => closeUnlessIn(event.relatedTarget))
  document.addEventListener('pointerdown', (event) => closeUnlessIn(event.target))
})
