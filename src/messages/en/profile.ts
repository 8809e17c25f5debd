/** A person's own facts in the portal, and the requests that staff decide. */
export const profile = {
  'profile.title': 'Your profile',
} as const
