import type { Child, FC } from 'hono/jsx'
import type { Block } from '#src/mail/blocks.ts'

// Mail programs: tables for Outlook, inline styles for those that drop <style>, classes only for dark mode.
export const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
export const INK = 'color:#14202a;'
const MUTED = 'color:#56646f;'

const Lines: FC<{ text: string }> = ({ text }) => (
  <>
    {text
      .trim()
      .split(/\r?\n/)
      .map((line, at) => (
        <>
          {at > 0 && <br />}
          {line}
        </>
      ))}
  </>
)

/** For layout only: screen readers don't announce it. */
export const Table: FC<{ class?: string; style: string; children?: Child }> = ({ children, ...rest }) => (
  <table role="presentation" cellpadding="0" cellspacing="0" border={0} {...rest}>
    {children}
  </table>
)

const Button: FC<{ label: string; href: string; color: string }> = ({ label, href, color }) => (
  <Table style="margin:0 0 20px;border-collapse:separate">
    <tr>
      <td bgcolor={color} style={`background-color:${color};border-radius:8px;mso-padding-alt:12px 22px`}>
        <a
          href={href}
          target="_blank"
          style={`${FONT}display:inline-block;padding:12px 22px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none`}
          rel="noopener"
        >
          {label}
        </a>
      </td>
    </tr>
  </Table>
)

/** Two halves that look apart and copy as one number. */
const Code: FC<{ label: string; code: string }> = ({ label, code }) => (
  <>
    <p class="muted" style={`${FONT}${MUTED}margin:0 0 6px;font-size:14px;line-height:20px`}>
      {label}
    </p>
    <Table style="margin:0 0 20px;border-collapse:separate">
      <tr>
        <td
          class="soft ink"
          style={`${INK}font-family:Consolas,Menlo,monospace;font-size:28px;line-height:36px;font-weight:600;letter-spacing:2px;background-color:#f1f4f6;border:1px solid #d5dde2;border-radius:8px;padding:10px 20px`}
        >
          {code.slice(0, code.length / 2)}
          <span style="padding-left:12px">{code.slice(code.length / 2)}</span>
        </td>
      </tr>
    </Table>
  </>
)

const Facts: FC<{ facts: [string, string][] }> = ({ facts }) => (
  <Table style="margin:0 0 20px">
    {facts.map(([label, value]) => (
      <tr>
        <td
          class="muted"
          valign="top"
          style={`${FONT}${MUTED}font-size:14px;line-height:22px;padding:2px 20px 2px 0`}
        >
          {label}
        </td>
        <td class="ink" valign="top" style={`${FONT}${INK}font-size:14px;line-height:22px;padding:2px 0`}>
          {value}
        </td>
      </tr>
    ))}
  </Table>
)

const Quote: FC<{ by: string; text: string }> = ({ by, text }) => (
  <Table style="margin:0 0 20px;width:100%">
    <tr>
      <td
        class="soft ink"
        dir="auto"
        style={`${FONT}${INK}font-size:15px;line-height:24px;background-color:#f1f4f6;border-left:3px solid #b9c4cc;padding:14px 18px`}
      >
        <strong>{by}</strong>
        <br />
        <Lines text={text} />
      </td>
    </tr>
  </Table>
)

export const Paragraph: FC<{ text: string; small?: boolean }> = ({ text, small }) => (
  <p
    class={small ? 'muted' : 'ink'}
    style={`${FONT}${small ? MUTED : INK}margin:0 0 ${small ? 12 : 18}px;font-size:${small ? '13px;line-height:20px' : '16px;line-height:25px'}`}
  >
    <Lines text={text} />
  </p>
)

/** One block. `color` is the ground of buttons. */
export const Piece: FC<{ block: Block; color: string }> = ({ block, color }) => {
  switch (block.type) {
    case 'heading':
      return (
        <h1
          class="ink"
          style={`${FONT}${INK}margin:0 0 14px;font-size:22px;line-height:29px;font-weight:600`}
        >
          {block.text}
        </h1>
      )
    case 'text':
      return <Paragraph text={block.text} />
    case 'small':
      return <Paragraph text={block.text} small />
    case 'button':
      return <Button label={block.label} href={block.href} color={color} />
    case 'code':
      return <Code label={block.label} code={block.code} />
    case 'facts':
      return <Facts facts={block.facts} />
    case 'quote':
      return <Quote by={block.by} text={block.text} />
  }
}
