/** What the tests use of it; the package has no types of its own. */
declare module 'culori' {
  export function wcagContrast(one: string, other: string): number
  export function formatHex(color: string): string
}
