import { createHash, randomBytes } from 'node:crypto'
import type { Visitor } from '../chat/face.js'
import type { Role, User } from '../protocol.js'
import type { SessionLimits, Store } from '../store/store.js'
import { checkName, type NameReason } from './name-rule.js'
import { reservedNames } from './reserved.js'
import { skeleton } from './skeleton.js'

const DAY_MS = 86_400_000
/** However much a session is used, it ends this long after its beginning. */
const ABSOLUTE_MS = 180 * DAY_MS
/** A name nobody was seen under for this long is free. */
const HELD_MS = DAY_MS
/** People that are listed at once. */
const PRESENT = 10_000
/** 256 random bits, base64url. */
const SID = /^[\w-]{43}$/

export interface PeopleOptions {
  users: Store['users']
  sessions: Store['sessions']
  /** A session not seen for this long is over, in milliseconds. */
  ttl: number
  /** Names that no person may bear, as they are now: bots and what else they answer to. */
  reserved: () => readonly string[]
  /** Is a name of this skeleton kept out? */
  barred?: (skeleton: string) => boolean
  /** The role that a user has everywhere. */
  role?: (userId: number) => Role | undefined
  /** Milliseconds since 1970 UTC; default Date.now. */
  now?: () => number
}

/** The name was refused, by this rule (i18n `names`). */
export interface NameRefusal {
  refused: NameReason
}

/** `reserved`, `bot` and `person` are what it could be taken for. */
export type BotNameReason = NameReason | 'reserved' | 'bot' | 'person'

export interface SigningIn {
  name: string
  /** `"0"` … `"26"`. */
  imageid: string
  /** Who is signed in already: keeps the user's id, frees the old name, ends the old session. */
  replacing?: Visitor
  /** Hash of the id of the browser that it comes from. */
  device?: string
}

/** `replaced`: the person goes on in a new session, under another name or face. */
export type SessionEnd = 'signed-out' | 'replaced'

/** Who is who: names, sessions, and who hears of their end. */
export interface People {
  /** Makes a session. `sid` is known to its holder alone: the store gets a hash of it. */
  signIn(attempt: SigningIn): Promise<{ user: User; sid: string; sidHash: string } | NameRefusal>
  /** Ends a session for good; a replayed cookie finds nothing. */
  signOut(sidHash: string): Promise<void>
  /** Who holds this session, or undefined; any string may be given. Marks the session as seen. */
  check(sid: string): Promise<Visitor | undefined>
  /** Which of these sessions are still valid; for the sockets' minute. Marks them as seen. */
  stillValid(sidHashes: readonly string[]): Promise<Set<string>>
  rename(userId: number, name: string, imageid?: string): Promise<{ user: User } | NameRefusal>
  /** Could nobody sign in under this name now, because it is held or reserved? */
  isTaken(name: string): Promise<boolean>
  /** The same question, answered at once from how things stand now: for a generator's many tries. */
  takenNow(): Promise<(name: string) => boolean>
  /** May a bot be called so? @param others What the other bots answer to. */
  judgeBot(
    name: string,
    others: readonly string[],
  ): Promise<{ name: string } | { refused: BotNameReason }>
  /** Whose session is valid, the last seen first. */
  present(): Promise<(User & { seen: number })[]>
  /** Has one of these users a session that is still valid? */
  anyPresent(userIds: readonly number[]): Promise<boolean>
  /** What names are compared by. */
  skeletonOf(name: string): string
  /** Called when a session is ended here, by sign-out or because another took its place. */
  onEnded(listener: (sidHash: string, why: SessionEnd) => void): void
  /** Called when somebody signs in anew as the same person, under another name or face; before the old session ends. */
  onRenamed(listener: (before: User, after: User) => void): void
  /** Forgets sessions that can never be valid again; returns how many. */
  sweep(): Promise<number>
}

/** Makes the register of people on top of a store. */
export function createPeople(options: PeopleOptions): People {
  const { users, sessions, ttl, now = Date.now } = options
  const { barred = () => false, role = () => undefined } = options
  const isReserved = reservedNames(options.reserved)
  const listeners: ((sidHash: string, why: SessionEnd) => void)[] = []
  const renamed: ((before: User, after: User) => void)[] = []
  const ended = (sidHash: string, why: SessionEnd) =>
    listeners.forEach((listener) => listener(sidHash, why))

  const limits = (): SessionLimits => ({
    now: now(),
    seenSince: now() - ttl,
    bornSince: now() - ABSOLUTE_MS,
  })
  const hold = () => ({
    heldSince: now() - Math.min(HELD_MS, ttl),
    bornSince: now() - ABSOLUTE_MS,
  })
  const judge = (raw: string) => {
    const checked = checkName(raw)
    const nobodys = checked.ok && (isReserved(checked.name) || barred(checked.skeleton))
    return nobodys ? { ok: false as const, reason: taken } : checked
  }
  const withRole = (user: User): User => {
    const given = role(user.id)
    return { ...user, ...(given && { role: given }) }
  }
  const takenNow = async () => {
    const held = await users.heldSkeletons(hold())
    return (name: string) => {
      const judged = judge(name)
      return judged.ok ? held.has(judged.skeleton) : judged.reason === taken
    }
  }

  return {
    async signIn({ name: raw, imageid, replacing, device }) {
      const judged = judge(raw)
      if (!judged.ok) return { refused: judged.reason }

      const sid = randomBytes(32).toString('base64url')
      const sidHash = hash(sid)
      const signedIn = await users.signIn({
        name: judged.name,
        skeleton: judged.skeleton,
        imageid,
        sidHash,
        now: now(),
        ...hold(),
        ...(device !== undefined && { device }),
        ...(replacing && { userId: replacing.user.id, oldSidHash: replacing.sidHash }),
      })
      if (signedIn === 'taken') return { refused: taken }

      const user = withRole(signedIn)
      if (replacing) {
        renamed.forEach((listener) => listener(replacing.user, user))
        ended(replacing.sidHash, 'replaced')
      }
      return { user, sid, sidHash }
    },

    async signOut(sidHash) {
      await sessions.revoke(sidHash)
      ended(sidHash, 'signed-out')
    },

    async check(sid) {
      if (!SID.test(sid)) return undefined
      const sidHash = hash(sid)
      const holder = await sessions.check(sidHash, limits())
      if (!holder) return undefined
      const { device, ...user } = holder
      return { user: withRole(user), sidHash, ...(device !== undefined && { device }) }
    },

    stillValid: (sidHashes) => sessions.checkAll(sidHashes, limits()),

    async rename(userId, raw, imageid) {
      const judged = judge(raw)
      if (!judged.ok) return { refused: judged.reason }
      const { name, skeleton } = judged
      const to = { name, skeleton, ...(imageid !== undefined && { imageid }) }
      const user = await users.rename(userId, to, hold())
      return user === 'taken' ? { refused: taken } : { user: withRole(user) }
    },

    async judgeBot(raw, others) {
      const checked = checkName(raw)
      if (!checked.ok) return { refused: checked.reason }
      const { name, skeleton } = checked
      if (reservedNames(() => [])(name)) return { refused: 'reserved' }
      if (reservedNames(() => others)(name)) return { refused: 'bot' }
      const held = await users.heldSkeletons(hold())
      return held.has(skeleton) ? { refused: 'person' } : { name }
    },

    isTaken: async (name) => (await takenNow())(name),
    takenNow,
    present: () => users.present(limits(), PRESENT),
    anyPresent: (userIds) => sessions.anyOf(userIds, limits()),
    skeletonOf: skeleton,
    onEnded: (listener) => void listeners.push(listener),
    onRenamed: (listener) => void renamed.push(listener),
    sweep: () => sessions.sweep(limits()),
  }
}

/** Held, reserved and barred names get one sentence: who asks learns nothing of who is here. */
const taken: NameReason = 'taken'

const hash = (sid: string) => createHash('sha256').update(sid).digest('base64url')
