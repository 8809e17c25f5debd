export const signIn = {
  'signIn.title': 'Sign in',
  'signIn.heading': 'Sign in to your portal',
  'signIn.lede': 'Your tickets with {tenant}, in one place. No password needed.',
  'signIn.yourIt': 'your IT team',
  'signIn.email': 'Work e-mail',
  'signIn.email.hint': 'Use the address {tenant} has on file for you.',
  'signIn.email.missing': 'Enter your e-mail address.',
  'signIn.email.malformed': 'Enter an e-mail address, like name@company.com.',
  'signIn.email.tooLong': 'That is longer than an e-mail address can be. Check it for extra text.',
  'signIn.send': 'E-mail me a code',
  'signIn.signedOut.done': 'You’re signed out. See you next time.',
  'signIn.ended.done': 'You were signed out, so nothing was sent. Sign in to go on.',
  'signIn.everywhere.done': 'You’re signed out everywhere.',

  'signIn.code.title': 'Check your inbox',
  'signIn.code.lede':
    'If {address} can use this portal, a message is on its way. It has a code and a sign-in link. Both work {sure, select, yes {for} other {for up to}} {minutes} minutes, once.',
  'signIn.code.thatAddress': 'the address you gave',
  'signIn.code.label': '8-digit code',
  'signIn.code.hint': 'You can also press the link in the message. Use it in this browser.',
  'signIn.code.submit': 'Sign in',
  'signIn.code.nothing': 'Nothing there? Check spam, or',
  'signIn.code.again': 'send it again',
  'signIn.code.again.done':
    'We’ve sent the message again. If an older one arrives first, its code works too.',
  'signIn.code.another': 'Use another address',
  'signIn.code.malformed': 'Type all eight digits of the code.',
  'signIn.code.wrong': 'That code doesn’t match. You have {left, plural, one {# try} other {# tries}} left.',

  'signIn.link.title': 'Continue',
  'signIn.link.heading': 'Continue to your portal',
  'signIn.link.lede': 'Press the button to sign in here. It works in the browser where you asked.',
  'signIn.link.continue': 'Continue',
  'signIn.link.notYou': 'Didn’t ask for this? Close this page. The link stops working by itself.',
  'signIn.link.missing':
    'The link isn’t complete any more. Open it from the message once more, or type the code from the message into the page where you asked for it.',
  'signIn.link.noScript':
    'This browser runs no scripts, which the link needs. Go back to the page where you asked and type the 8-digit code from the same message there.',

  'signIn.over.title': 'Not signed in',
  'signIn.over.heading': 'This can’t sign you in',
  'signIn.over.again': 'Start again',
  'signIn.over.goOn': 'go on to your portal',
  'signIn.over.sendNew': 'E-mail me a new code',
  'signIn.over.link.used': 'The link has been used already: each one works once. If that was you, {portal}.',
  'signIn.over.link.expired': 'The link’s time is over. Ask for a new one; it takes a moment.',
  'signIn.over.link.replaced':
    'A newer message has taken the place of this one. Use the link or code from that one.',
  'signIn.over.link.elsewhere':
    'The link works only in the browser where you asked for it. Go back to that browser and type the 8-digit code from the same message there. Nothing has been used up.',
  'signIn.over.link.unknown':
    'The link isn’t one that works. A mail program may have cut it off: type the 8-digit code from the message into the page where you asked for it, or start again.',
  'signIn.over.code.tries':
    'Five tries didn’t match, so the code is switched off to keep your account safe. The link in the message still works in this browser.',
  'signIn.over.code.used': 'This code has been used already: each one works once. If that was you, {portal}.',
  'signIn.over.code.expired': 'The code’s time is over. Ask for a new one; it takes a moment.',
  'signIn.over.code.replaced': 'A newer message has taken the place of this one. Use the code from that one.',
  'signIn.over.code.elsewhere':
    'A code works only in the browser where you asked for it. Go back to that browser, or start again here.',
  'signIn.over.code.unknown': 'This code can’t be used any more. Start again.',

  'signIn.device': '{browser} on {system}',
  'signIn.device.unknown': 'Unknown browser',

  'signIn.mail.subject': 'Sign in to {tenant}',
  'signIn.mail.preheader': 'Your code and link, good until {time}.',
  'signIn.mail.heading': 'Sign in to {tenant}',
  'signIn.mail.text':
    '{links, plural, one {Press the button in the browser where you asked to sign in, or type the code there.} other {Your address belongs to # companies. Choose one: press its button in the browser where you asked to sign in, or type its code there.}}',
  'signIn.mail.continue': 'Continue to the portal',
  'signIn.mail.continueTo': 'Continue to {company}',
  'signIn.mail.code': 'Your code',
  'signIn.mail.codeFor': 'Your code for {company}',
  'signIn.mail.life': 'Link and code work until {time}, once.',
  'signIn.mail.when': 'Asked',
  'signIn.mail.browser': 'Browser',
  'signIn.mail.network': 'Network address',
  'signIn.mail.notYou':
    'If you didn’t ask to sign in, there is nothing to do: without this message nobody gets in. Don’t read the code to anybody, and don’t pass this message on.',
  'signIn.mail.why': '{tenant} sent this to {address} because somebody asked to sign in with that address.',

  'sessions.title': 'Where you’re signed in',
  'sessions.lede':
    'A sign-in ends by itself after {hours, plural, =0 {{minutes} minutes} one {an hour} other {# hours}} without use, and after {days, plural, one {a day} other {# days}} in any case.',
  'sessions.list': 'Your sign-ins',
  'sessions.here': 'This browser, signed in {when}',
  'sessions.lastUsed': 'Last used {when}',
  'sessions.now': 'Now',
  'sessions.end': 'Sign out',
  'sessions.endWhich': 'of {device}',
  'sessions.endOthers': 'Sign out everywhere else',
  'sessions.endAll': 'Sign out everywhere',
  'sessions.end.done': 'That browser is signed out.',
  'sessions.endOthers.done': 'All other browsers are signed out.',
} as const
