import type { Translate } from '#src/messages/index.ts'

// The order matters: almost every browser also says that it is Chrome or Safari.
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bEdgiOS\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(\b|Headless)(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
]

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

const named = (list: [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1]

export type Device = { browser: string | undefined; system: string | undefined; phone: boolean }

/** What a browser says of itself, as far as people would name it. A claim, never a proof. */
export const deviceOf = (userAgent: string | null | undefined): Device => {
  const text = userAgent ?? ''
  return {
    browser: named(BROWSERS, text),
    system: named(SYSTEMS, text),
    phone: /\b(iPhone|Mobile)\b/.test(text) && !/\biPad\b/.test(text),
  }
}

/** “Chrome on Windows”. */
export const deviceName = (t: Translate, userAgent: string | null | undefined): string => {
  const { browser, system } = deviceOf(userAgent)
  if (browser && system) return t('signIn.device', { browser, system })
  return browser ?? system ?? t('signIn.device.unknown')
}
