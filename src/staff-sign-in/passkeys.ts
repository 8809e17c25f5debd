import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { asSystem, type Db } from '#src/db/scope.ts'
import { isChallenge, newChallenge, takeChallenge } from '#src/staff-sign-in/challenge.ts'
import { askedSchema, challengeOf, madeSchema, parsed } from '#src/staff-sign-in/passkey-answers.ts'

const MOST = 20
/** Ed25519, P-256 and RSA, which all authenticators have one of. */
const ALGORITHMS = [-8, -7, -257]

/** The host that passkeys belong to, and the page they may be used on. */
export type Rp = { origin: string }
const rpId = ({ origin }: Rp) => new URL(origin).hostname

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Whose passkey it is, as the authenticator keeps it: nothing that tells a person apart outside of here. */
const handleOf = (tenantId: string, staffId: string) =>
  new Uint8Array(Buffer.concat([bytesOf(tenantId), bytesOf(staffId)]))

const openHandle = (handle: string | undefined) => {
  const bytes = Buffer.from(handle ?? '', 'base64url')
  return bytes.length === 32
    ? { tenantId: idOf(bytes.subarray(0, 16)), staffId: idOf(bytes.subarray(16)) }
    : undefined
}

/** What the browser needs to ask for a passkey, whoever has one. As JSON, for the island. */
export const askOptions = async (rp: Rp, purpose: string): Promise<string> =>
  JSON.stringify(
    await generateAuthenticationOptions({
      rpID: rpId(rp),
      challenge: new Uint8Array(newChallenge(purpose)),
      userVerification: 'required',
    }),
  )

type Member = { tenantId: string; staffId: string; email: string; name: string }

/** What the browser needs to make a passkey for her. */
export const makeOptions = async (
  rp: Rp,
  purpose: string,
  member: Member,
  issuer: string,
): Promise<string> => {
  const known = await asSystem(
    'staff: passkeys',
    (db) =>
      db.selectFrom('staff_passkey').select('credential_id').where('staff_id', '=', member.staffId).execute(),
    member.tenantId,
  )
  const options = await generateRegistrationOptions({
    rpName: issuer,
    rpID: rpId(rp),
    userName: member.email,
    userDisplayName: member.name,
    userID: handleOf(member.tenantId, member.staffId),
    challenge: new Uint8Array(newChallenge(purpose)),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ credential_id }) => ({ id: credential_id.toString('base64url') })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return JSON.stringify(options)
}

/** What a verification throws (wrong origin, wrong signature, …) is a refusal like any other. */
const verified = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work
  } catch {
    return undefined
  }
}

/** Keeps a passkey that her browser just made. False when it isn't a right one. `db` is the system's, with her tenant. */
export const addPasskey = async (
  db: Db,
  staffId: string,
  rp: Rp,
  given: { json: string; purpose: string; name: string },
): Promise<boolean> => {
  const response = parsed(madeSchema, given.json)
  if (!response) return false
  const result = await verified(
    verifyRegistrationResponse({
      response: { ...response, response: { ...response.response, transports: undefined } },
      expectedChallenge: (challenge) => isChallenge(challenge, given.purpose),
      expectedOrigin: rp.origin,
      expectedRPID: rpId(rp),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!result?.verified || !(await takeChallenge(db, challengeOf(response.response.clientDataJSON), staffId)))
    return false
  const { credential } = result.registrationInfo
  const { n } = await db
    .selectFrom('staff_passkey')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST) return false
  const added = await db
    .insertInto('staff_passkey')
    .values({
      id: uuidv7(),
      staff_id: staffId,
      credential_id: Buffer.from(credential.id, 'base64url'),
      public_key: Buffer.from(credential.publicKey),
      sign_count: credential.counter,
      transports: response.response.transports ?? [],
      name: given.name.slice(0, 80) || 'Passkey',
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'credential_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

const findPasskey = (db: Db, credential: Buffer, staffId: string) =>
  db
    .selectFrom('staff_passkey')
    .select(['id', 'public_key', 'sign_count'])
    .where('credential_id', '=', credential)
    .where('staff_id', '=', staffId)
    .executeTakeFirst()

/** Whose passkey answered, if it answered rightly; each answer counts once. */
export const checkPasskey = async (
  rp: Rp,
  json: string,
  purpose: string,
): Promise<{ tenantId: string; staffId: string } | undefined> => {
  const response = parsed(askedSchema, json)
  const holder = openHandle(response?.response.userHandle)
  if (!response || !holder) return undefined
  return asSystem(
    'staff: check a passkey',
    async (db) => {
      const passkey = await findPasskey(db, Buffer.from(response.id, 'base64url'), holder.staffId)
      if (!passkey) return undefined
      const result = await verified(
        verifyAuthenticationResponse({
          response,
          expectedChallenge: (challenge) => isChallenge(challenge, purpose),
          expectedOrigin: rp.origin,
          expectedRPID: rpId(rp),
          requireUserVerification: true,
          credential: {
            id: response.id,
            publicKey: new Uint8Array(passkey.public_key),
            counter: Number(passkey.sign_count),
          },
        }),
      )
      if (!result?.verified) return undefined
      if (!(await takeChallenge(db, challengeOf(response.response.clientDataJSON), holder.staffId)))
        return undefined
      await db
        .updateTable('staff_passkey')
        .set({ sign_count: result.authenticationInfo.newCounter, last_used_at: sql<Date>`now()` })
        .where('id', '=', passkey.id)
        .execute()
      return holder
    },
    holder.tenantId,
  )
}
