/** Staff look at the portal as a contact. */
export const preview = {
  'preview.ask.title': 'See the portal as {name}',
  'preview.ask.readOnly':
    'You see exactly what {name} sees now. You can’t change, send, pay or sign anything.',
  'preview.ask.time': 'It ends by itself after 30 minutes, and the preview you have open now ends at once.',
  'preview.ask.seen': 'Each page you open is recorded, and {company} sees that you looked.',
  'preview.ask.go': 'Continue',
  'preview.ask.cannot': '{name} can’t come in',
  'preview.ask.cannotText':
    'Without access there is nothing to look at: the person is disabled, archived or not invited.',
  'preview.reason': 'Why do you look?',
  'preview.reason.hint': 'A ticket’s number or a sentence. {company} can read it.',
  'preview.reason.short': 'Say why in at least {least} characters.',
  'preview.reason.long': 'Say it in at most {most} characters.',
  'preview.handOff.title': 'Open {name}’s portal',
  'preview.handOff.text': 'It opens in a new tab. This button works once, for a minute.',
  'preview.handOff.go': 'Open the portal as {name}',
  'preview.handOff.over': 'This button doesn’t work any more',
  'preview.handOff.overText': 'It was used already, or its minute is over.',
  'preview.handOff.again': 'Start again',
  'preview.bar': 'Preview',
  'preview.bar.who': '{staff}, you’re looking at the portal as {name}.',
  'preview.bar.readOnly': 'Read only: nothing can be sent or changed.',
  'preview.bar.reason': 'Reason: {reason}',
  'preview.bar.left': '{minutes, plural, one {# minute} other {# minutes}} left',
  'preview.bar.stop': 'Stop',
  'preview.end.done': 'The preview is over.',
  'preview.over.title': 'This preview is over',
  'preview.over.text':
    'Its time is up, it was stopped, or one of the two people has lost access. Nothing more is shown.',
  'preview.over.back': 'Back to the staff app',
} as const
