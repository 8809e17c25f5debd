import type { Child } from 'hono/jsx'
import { Brandmark } from './brandmark.tsx'
import { Document, type Frame } from './document.tsx'

export type BarePageProps = Frame & {
  children: Child
  /** Help and legal links. */
  footer?: Child
  /** Wider card, for set-up pages with longer texts; `full` for two columns. */
  wide?: boolean | 'full'
}

/** Pages without a session: sign-in, set-up, errors for strangers. */
export const BarePage = ({ children, footer, wide, ...frame }: BarePageProps) => (
  <Document
    {...frame}
    body={
      <body>
        <div class="auth">
          <main
            id="main"
            class={wide ? `auth-card ${wide === 'full' ? 'auth-full' : 'auth-wide'}` : 'auth-card'}
          >
            <p class="brandmark">
              <Brandmark tenant={frame.tenant} />
            </p>
            {children}
          </main>
          {footer && <footer>{footer}</footer>}
        </div>
      </body>
    }
  />
)
