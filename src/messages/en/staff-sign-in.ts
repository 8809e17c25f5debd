/** How staff sign in, and their own page about it. */
export const staffSignIn = {
  'staffSignIn.code': 'Code',
  'staffSignIn.code.hint': 'The six digits in your authenticator app, or one of your recovery codes.',
  'staffSignIn.code.wrong': 'That code doesn’t match, or it was used already. Wait for the next one.',

  'staffSignIn.proof.title': 'Confirm it’s you',
  'staffSignIn.proof.lede': 'What comes next needs your second factor once more. Nothing you typed is lost.',
  'staffSignIn.proof.submit': 'Confirm and go on',
} as const
