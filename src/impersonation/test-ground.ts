import { expect } from 'vitest'
import { paths } from '#src/paths.ts'
import { type Answer, browser, type Person, type StaffPerson, staffSessionOf } from '#test/world.ts'

export const REASON = 'Ticket 4812: she sees no button'

/** The cookie's value that an answer sets under this name. */
export const cookieIn = (answer: Answer, name: string) =>
  answer.cookies
    .map((line) => new RegExp(`^${name}=([^;]*)`).exec(line)?.[1])
    .find((value) => value !== undefined)

/** A staff member who has pressed the button of the hand-off: her browser in the staff app, and in the preview. */
export const previewOf = async (staff: StaffPerson, contact: Person) => {
  const staffToken = await staffSessionOf(staff)
  const at = browser(`staff=${staffToken}`, staffToken)
  const asked = await at.post(paths.staff.preview(contact.id), { reason: REASON })
  expect(asked.status).toBe(303)
  const id = asked.location?.split('/').pop() ?? ''
  const opened = await at.post(paths.staff.previewOpening(id))
  expect([opened.status, opened.location]).toEqual([303, paths.home()])
  const token = cookieIn(opened, 'preview') ?? ''
  const cookie = `staff=${staffToken}; preview=${token}`
  return { id, at, token, staffToken, cookie, opened, seen: browser(cookie, token) }
}
