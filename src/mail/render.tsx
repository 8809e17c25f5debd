import { html, raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import type { Letter, Sender } from '#src/mail/blocks.ts'
import { FONT, INK, Paragraph, Piece, Table } from '#src/mail/pieces.tsx'
import { textPart } from '#src/mail/text.ts'
import { brandColors } from '#src/web/brand.ts'

const DARK = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ground { background-color: #0d1012 !important; }
  .card { background-color: #171c20 !important; border-color: #2b333a !important; }
  .ink { color: #eef2f4 !important; }
  .muted { color: #a3b0ba !important; }
  .soft { background-color: #20272d !important; border-color: #38424b !important; }
}
@media (max-width: 480px) { .pad { padding-left: 20px !important; padding-right: 20px !important; } }`

const Brand: FC<{ sender: Sender; color: string }> = ({ sender, color }) => (
  <Table style="margin:0 0 20px">
    <tr>
      <td
        aria-hidden="true"
        bgcolor={color}
        width={32}
        height={32}
        align="center"
        style={`${FONT}background-color:${color};border-radius:8px;color:#ffffff;font-size:17px;line-height:32px;font-weight:600`}
      >
        {[...sender.name][0]?.toUpperCase()}
      </td>
      <td class="ink" style={`${FONT}${INK}font-size:16px;line-height:32px;font-weight:600;padding:0 12px`}>
        {sender.name}
      </td>
    </tr>
  </Table>
)

const Body: FC<{ letter: Letter }> = ({ letter }) => {
  const color = brandColors(letter.sender.brandColor).brand.light // carries white, also in dark mails
  return (
    <Table class="ground" style="width:100%;background-color:#f3f6f8">
      <tr>
        <td align="center" style="padding:28px 12px">
          <Table style="width:100%;max-width:600px;text-align:start">
            <tr>
              <td
                class="card pad"
                style="background-color:#ffffff;border:1px solid #dfe5e9;border-radius:12px;padding:28px 36px 16px"
              >
                <Brand sender={letter.sender} color={color} />
                {letter.blocks.map((block) => (
                  <Piece block={block} color={color} />
                ))}
              </td>
            </tr>
            <tr>
              <td class="pad" style="padding:20px 36px">
                {letter.footer.map((line) => (
                  <Paragraph text={line} small />
                ))}
              </td>
            </tr>
          </Table>
        </td>
      </tr>
    </Table>
  )
}

const direction = (locale: string) => (/^(ar|fa|he|ur)\b/.test(locale) ? 'rtl' : 'ltr')

// after the preheader, so that the list of mails doesn't go on with the first words of the body
const FILLER = raw('&#847;&zwnj;&nbsp;'.repeat(60))

const htmlPart = async (letter: Letter): Promise<string> => {
  const page = html`<!doctype html>
<html lang="${letter.locale}" dir="${direction(letter.locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${letter.subject}</title>
<style>${raw(DARK)}</style>
</head>
<body class="ground" style="margin:0;padding:0;background-color:#f3f6f8">
<div style="display:none;max-height:0;max-width:0;overflow:hidden;font-size:1px;line-height:1px;opacity:0">${letter.preheader}${FILLER}</div>
${<Body letter={letter} />}
</body>
</html>`
  return String(await page)
}

/**
 * The two parts of a mail. The HTML one loads nothing from anywhere and counts nobody; the text one has 72 columns and each
 * address in full. The same letter gives the same bytes.
 */
export const renderLetter = async (letter: Letter) => ({
  html: await htmlPart(letter),
  text: textPart(letter),
})
