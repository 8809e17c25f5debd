import type { FC } from 'hono/jsx'
import { type BrandColors, brandColors } from '#src/web/brand.ts'
import { contrast } from '#src/web/color.ts'
import { useStaffView } from '#src/web/view.ts'

const GROUND = { light: '#ffffff', dark: '#1c2226' }

/** Drawn, because a page of ours carries no styles of its own: attributes of SVG are not styles. */
const Sample: FC<{ theme: 'light' | 'dark'; colors: BrandColors; button: string; link: string }> = (
  props,
) => {
  const { brand, contrast: words, ink, tint } = props.colors
  const { theme } = props
  return (
    <svg
      viewBox="0 0 300 84"
      width="300"
      height="84"
      role="img"
      aria-label={`${props.button}, ${props.link}`}
    >
      <rect width="300" height="84" rx="10" fill={GROUND[theme]} stroke="#8a959c" stroke-opacity="0.4" />
      <rect x="16" y="22" width="116" height="40" rx="8" fill={brand[theme]} />
      <text x="74" y="47" text-anchor="middle" font-size="15" font-weight="600" fill={words[theme]}>
        {props.button}
      </text>
      <rect x="148" y="22" width="136" height="40" rx="8" fill={tint[theme]} />
      <text x="216" y="47" text-anchor="middle" font-size="15" font-weight="600" fill={ink[theme]}>
        {props.link}
      </text>
    </svg>
  )
}

/** What becomes of a picked color in both themes, with the contrast of its words. */
export const Swatches: FC<{ color: string }> = ({ color }) => {
  const { t } = useStaffView()
  const colors = brandColors(color)
  const ratio = (one: string, other: string) => contrast(one, other).toFixed(1)
  return (
    <div class="grid gap-4" id="preview">
      {(['light', 'dark'] as const).map((theme) => (
        <figure class="m-0">
          <Sample
            theme={theme}
            colors={colors}
            button={t('settings.brand.sampleButton')}
            link={t('settings.brand.sampleLink')}
          />
          <figcaption class="mt-1.5 text-sm text-muted-foreground">
            {t(`settings.brand.theme.${theme}`, {
              button: ratio(colors.brand[theme], colors.contrast[theme]),
              link: ratio(colors.ink[theme], colors.tint[theme]),
            })}
          </figcaption>
        </figure>
      ))}
      {colors.brand.light !== color.toLowerCase() && (
        <p class="text-sm text-muted-foreground">
          {t('settings.brand.adjusted', { picked: color, used: colors.brand.light })}
        </p>
      )}
    </div>
  )
}
