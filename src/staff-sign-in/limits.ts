import { keyed } from '#src/secret.ts'
import { knownAs } from '#src/staff-sign-in/known-browser.ts'
import { overRate } from '#src/web/rate.ts'
import { addressBlock } from '#src/web/site.ts'

/** How much is allowed; numbers that can change without anything else. */
export const LIMITS = {
  /** From one network block, for any account. */
  block: { name: 'staff-sign-in', most: 30, minutes: 10 },
  /** For one account, by all browsers that never signed in to it, together. */
  strangers: { name: 'staff-account', most: 10, minutes: 15 },
  /** For one account, by each browser that has. */
  known: { name: 'staff-known', most: 10, minutes: 15 },
  /** Messages for a new password to one account. */
  resets: { name: 'staff-reset', most: 3, minutes: 60 },
}

/** What limits and known browsers call an account, whether or not there is one. */
export const accountKey = (tenantId: string | undefined, emailKey: string): string =>
  keyed('staff account', `${tenantId ?? ''} ${emailKey}`)
    .toString('hex')
    .slice(0, 32)

/** For how many minutes this network must wait; undefined when it needn't. */
export const blockWait = (address: string): Promise<number | undefined> =>
  overRate(LIMITS.block, addressBlock(address))

/** Counts a try for the account; answers for how many minutes this browser must wait when it was one too many. */
export const accountWait = (account: string, cookie: string | undefined): Promise<number | undefined> => {
  const browser = knownAs(cookie, account)
  return browser ? overRate(LIMITS.known, `${account} ${browser}`) : overRate(LIMITS.strangers, account)
}
