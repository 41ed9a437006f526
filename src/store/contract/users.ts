import type { User } from '../../protocol.js'
import type { SessionLimits } from './sessions.js'

/** From when on a session holds the name of its user. */
export interface Hold {
  /** Sessions seen before this time no longer hold their names. */
  heldSince: number
  /** Sessions begun before this time are over, whatever their use. */
  bornSince: number
}

export interface SignIn extends Hold {
  name: string
  /** The name's UTS #39 skeleton after NFKC and case folding: what uniqueness is judged by. */
  skeleton: string
  imageid: string
  /** Keep this user (signing in while signed in); absent: a new one. */
  userId?: number
  /** Hash of the new session's sid. */
  sidHash: string
  /** Hash of the session that this one replaces. */
  oldSidHash?: string
  /** Hash of the id of the browser that it begins in. */
  device?: string
  now: number
}

/** How skeletons are made. */
export interface SkeletonRule {
  /** Tells it from every other one. */
  rule: string
  skeleton: (name: string) => string
}

export interface UserStore {
  /** Makes user and session, revokes the old session, in one transaction; `taken`: somebody holds a name of this skeleton. */
  signIn(attempt: SignIn): Promise<User | 'taken'>
  /** Renames, and maybe changes the face; the same rule as for {@link signIn}. */
  rename(
    userId: number,
    to: { name: string; skeleton: string; imageid?: string },
    hold: Hold,
  ): Promise<User | 'taken'>
  byId(id: number): Promise<User | undefined>
  /** The person of a name that looks so: who holds it, or else who bore it last. */
  named(skeleton: string): Promise<User | undefined>
  /** Whose session is valid, the last seen first. */
  present(limits: SessionLimits, count: number): Promise<(User & { seen: number })[]>
  /** Skeletons of names that are held now. */
  heldSkeletons(hold: Hold): Promise<Set<string>>
  /** Makes all skeletons anew that another rule made. */
  renewSkeletons(rule: SkeletonRule): Promise<void>
  /** The bot of this name: 0 for `first`, then −1, −2 … at first appearance; kept by name, never reused. */
  bot(name: string, imageid: string, first: boolean): Promise<User>
}
