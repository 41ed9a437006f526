import type { Member } from '../../../plugin.js'

/** The languages the bird speaks. */
export type Tongue = 'zh' | 'en'

/** What somebody said to the bird, ready to be answered. */
export interface Turn {
  /** In compatibility form (NFKC), without the bird's name, at most `HEARD` characters. */
  readonly text: string
  /** There was more than the bird listens to. */
  readonly cut: boolean
  readonly tongue: Tongue
  readonly speaker: Pick<Member, 'id' | 'name'>
  /** The room's name. */
  readonly room: string
  /** Who is in the room now. */
  readonly members: () => Promise<readonly Member[]>
}

/** Answers that are all right; one is said. None: the skill has nothing to say to this. */
export type Answers = readonly string[] | undefined

/** One thing the bird can do. `captured`: what stood where the pattern had `*`. */
export type Skill = (turn: Turn, captured: readonly string[]) => Answers | Promise<Answers>

/** How many characters of a message the bird listens to. */
export const HEARD = 500
