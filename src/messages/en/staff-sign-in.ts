/** How staff sign in, and their own page about it. */
export const staffSignIn = {
  'staffSignIn.title': 'Staff sign-in',
  'staffSignIn.heading': 'Sign in as staff',
  'staffSignIn.lede': 'For the people of {tenant}.',
  'staffSignIn.lede.any': 'For the people who run this portal.',
  'staffSignIn.organization': 'Organization',
  'staffSignIn.organization.hint': 'Its short name, such as northwind-it.',
  'staffSignIn.email': 'E-mail',
  'staffSignIn.password': 'Password',
  'staffSignIn.submit': 'Continue',
  'staffSignIn.forgot': 'Forgot your password?',
  'staffSignIn.client': 'Are you a client? Sign in to your portal',
  'staffSignIn.wrong': 'E-mail and password don’t match, or this account can’t sign in.',
  'staffSignIn.signedOut.done': 'You’re signed out.',
  'staffSignIn.over.done': 'That took too long, or too many codes didn’t match. Start again.',
  'staffSignIn.or': 'or',

  'staffSignIn.passkey.use': 'Sign in with a passkey',
  'staffSignIn.passkey.confirm': 'Use a passkey instead',
  'staffSignIn.passkey.failed': 'The passkey didn’t answer. Try again, or use another way.',
  'staffSignIn.passkey.wrong': 'That passkey isn’t known here, or the page was open for too long. Try again.',

  'staffSignIn.code': 'Code',
  'staffSignIn.code.hint': 'The six digits in your authenticator app, or one of your recovery codes.',
  'staffSignIn.code.wrong': 'That code doesn’t match, or it was used already. Wait for the next one.',
  'staffSignIn.code.title': 'Your second factor',
  'staffSignIn.code.lede': 'Your password is right. Now show that it’s you.',
  'staffSignIn.code.submit': 'Sign in',
  'staffSignIn.code.lost': 'Lost your phone and your recovery codes? An administrator can invite you again.',
  'staffSignIn.startAgain': 'Start again',

  'staffSignIn.enroll.title': 'Set up your second factor',
  'staffSignIn.enroll.lede':
    'A password alone opens nothing here. Scan this picture with an authenticator app, such as the one of your phone or password manager, and type the code it shows.',
  'staffSignIn.enroll.picture': 'QR code with your secret',
  'staffSignIn.enroll.secret': 'Can’t scan it? Type this secret into the app:',
  'staffSignIn.enroll.code': 'Code from the app',
  'staffSignIn.enroll.submit': 'Turn on',
  'staffSignIn.enroll.passkey': 'Make a passkey instead',
  'staffSignIn.enroll.passkey.hint':
    'A passkey lives on this device, in your password manager or on a security key, and signs you in by itself.',

  'staffSignIn.recovery.title': 'Keep your recovery codes',
  'staffSignIn.recovery.lede':
    'Each signs you in once when your authenticator isn’t at hand. They are shown now and never again: print them or keep them in a password manager.',
  'staffSignIn.recovery.list': 'Recovery codes',
  'staffSignIn.recovery.go': 'I’ve kept them',

  'staffSignIn.password.short': 'Use at least 12 characters. A few words in a row are fine.',
  'staffSignIn.password.long': 'Use at most 128 characters.',
  'staffSignIn.password.common': 'This is among the first that attackers try. Choose something less common.',
  'staffSignIn.password.new': 'New password',
  'staffSignIn.password.hint': 'At least 12 characters. A few words in a row are fine.',

  'staffSignIn.reset.title': 'New password',
  'staffSignIn.reset.lede':
    'We’ll send you a link to choose a new password. You’ll still need your second factor.',
  'staffSignIn.reset.submit': 'E-mail me a link',
  'staffSignIn.reset.sent.title': 'Check your inbox',
  'staffSignIn.reset.sent.lede':
    'If that address belongs to somebody here, a message is on its way. Its link works for 30 minutes, once.',
  'staffSignIn.reset.back': 'Back to sign-in',
  'staffSignIn.reset.new.lede': 'It takes the place of the old one, and signs you out everywhere else.',
  'staffSignIn.reset.save': 'Save and go on',

  'staffSignIn.invitation.title': 'Welcome',
  'staffSignIn.invitation.lede': 'Choose how you’ll sign in to {tenant}. Your second factor comes next.',
  'staffSignIn.invitation.name': 'Your name',
  'staffSignIn.invitation.submit': 'Continue',

  'staffSignIn.link.missing': 'The link isn’t complete. Open it from the message once more.',
  'staffSignIn.link.over.title': 'This link doesn’t work',
  'staffSignIn.link.over.text':
    'It was used already, its time is over, or a newer message has taken its place.',
  'staffSignIn.link.key': 'Key',
  'staffSignIn.link.key.hint': 'This browser runs no scripts: paste what follows #t= in the link.',

  'staffSignIn.proof.title': 'Confirm it’s you',
  'staffSignIn.proof.lede': 'What comes next needs your second factor once more. Nothing you typed is lost.',
  'staffSignIn.proof.submit': 'Confirm and go on',

  'staffSignIn.mail.reset.subject': 'Choose a new password for {tenant}',
  'staffSignIn.mail.reset.preheader': 'The link works for 30 minutes, once.',
  'staffSignIn.mail.reset.heading': 'Choose a new password',
  'staffSignIn.mail.reset.text':
    'Somebody asked for a new password for your staff account at {tenant}. The link works until {time}, once, and you’ll still need your second factor.',
  'staffSignIn.mail.reset.button': 'Choose a new password',
  'staffSignIn.mail.reset.notYou':
    'If you didn’t ask for it, there is nothing to do: your password stays as it is.',
  'staffSignIn.mail.why': '{tenant} sent this to {address} because it belongs to one of its staff accounts.',
} as const
