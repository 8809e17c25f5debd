import type { Chance } from './chance.ts'

const FIRST =
  'Dana Tomás Priya Marcus Elena Sam Aisha Jonas Mei Oliver Ruth Karim Hannah Diego Ingrid Noah Yara Peter Linh Grace'.split(
    ' ',
  )
const LAST =
  'Whitfield Reyes Okonkwo Rahman Lindqvist Novak Brandt Castillo Nguyen Abernathy Silva Kowalski Haddad Moreau Jensen Park Ito Fischer Doyle Mbeki'.split(
    ' ',
  )
const PLACE =
  'Harbor Marlow Cedar Summit Granite Willow Beacon Fairview Juniper Lakeside Northgate Orchard Pioneer Redwood Sterling'.split(
    ' ',
  )
const TRADE =
  'Architects,Dental,Logistics,Law Group,Accounting,Foods,Clinic,Builders,Realty,Printing,Insurance,Academy,Motors,Farms'.split(
    ',',
  )
const TITLES = [
  'Office Manager',
  'Controller',
  'Designer',
  'Technician',
  'Partner',
  'Receptionist',
  'Project Lead',
  'Owner',
]

const THINGS = [
  'Outlook',
  'the VPN',
  'the printer on floor 2',
  'my laptop',
  'the shared drive',
  'Teams',
  'the scanner',
  'the time clock',
  'our website',
  'QuickBooks',
]
const TROUBLES = [
  'does not start any more',
  'asks for a password again and again',
  'is very slow since this morning',
  'loses its connection every few minutes',
  'shows an error after the update',
  'is missing for our new colleague',
]
const SENTENCES = [
  'Hello, this has been going on since Monday and it happens every time I come back from a meeting.',
  'I restarted the computer twice and also tried another cable, without any change.',
  'My colleague at the next desk has the same problem, the rest of the office seems to be fine.',
  'There is a message with a yellow triangle, I have typed it off below as well as I could.',
  'We have looked at the logs and found that the certificate of the server ran out last night.',
  'Could you please check whether the light on the front is green or orange, and send us a photo of the back?',
  'The new license is assigned; it takes up to an hour until it reaches your device.',
  'Thank you, that helped. I will keep an eye on it for the rest of the week and write if it comes back.',
  'We need this before the payroll run on Thursday, otherwise nobody in the warehouse gets paid in time.',
  'A technician can be at your office tomorrow between 9 and 11. Is somebody there who can open the server room?',
  'Please do not open the attachment of that mail. We have taken it out of all mailboxes and are checking who clicked.',
  'It works on my phone but not on the desktop, whichever browser I use.',
  'The replacement has arrived and is being set up now; your files will be copied over night.',
  'I am out of the office until Wednesday, Ruth knows the details and can try things meanwhile.',
  'Ok.',
  'The backup of last night finished without errors, so nothing is lost.',
]

export const personName = (chance: Chance) => `${chance.pick(FIRST)} ${chance.pick(LAST)}`
export const companyName = (chance: Chance, number: number) =>
  `${chance.pick(PLACE)} ${chance.pick(TRADE)} ${number}`
export const jobTitle = (chance: Chance) => chance.pick(TITLES)

export const subject = (chance: Chance) => {
  const text = `${chance.pick(THINGS)} ${chance.pick(TROUBLES)}`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A message of one to four paragraphs: about 400 characters, seldom more than 1,500. */
export const message = (chance: Chance) =>
  Array.from({ length: 1 + chance.below(3) }, () =>
    Array.from({ length: 1 + chance.below(chance.happens(0.1) ? 6 : 3) }, () => chance.pick(SENTENCES)).join(
      ' ',
    ),
  ).join('\n\n')
