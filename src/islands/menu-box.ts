/** `<menu-box><details>`: closes with Escape (focus goes back), by pressing elsewhere, and when the focus leaves. */
customElements.define(
  'menu-box',
  class extends HTMLElement {
    connectedCallback() {
      const box = this.querySelector('details')
      if (!box) return
      box.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || !box.open) return
        box.open = false
        box.querySelector('summary')?.focus()
      })
      box.addEventListener('focusout', ({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !box.contains(relatedTarget)) box.open = false
      })
      document.addEventListener('pointerdown', ({ target }) => {
        if (target instanceof Node && !box.contains(target)) box.open = false
      })
    }
  },
)
