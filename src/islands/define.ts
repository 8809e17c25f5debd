/** A custom element that enhances the markup it wraps. Every page works without it. */
export const define = (name: string, enhance: (element: HTMLElement) => void) =>
  customElements.define(
    name,
    class extends HTMLElement {
      connectedCallback() {
        enhance(this)
      }
    },
  )

/** Whether an event happened inside one of the elements that the selector names, and which. */
export const within = <Found extends Element = HTMLElement>({ target }: Event, selector: string) =>
  target instanceof Element ? target.closest<Found>(selector) : null
