import type { NumberedEvent, User } from '../../protocol.js'
import type { Channel } from '../channel.js'

/** Which of the tutorial's clients it is. */
export type LineMode = 'classic' | 'plain'

/** Where and when something happens that has no number: the number of the room's last event, and the time. */
export interface Moment {
  head: number
  /** In ms since 1970 UTC. */
  at: number
}

/**
 * How clients that send bare lines are told of things: as the tutorial's own page is, or as its first sketch was. A
 * frame is made once for all who listen.
 */
export interface Dialect {
  said(event: NumberedEvent): Buffer
  joined(moment: Moment, user: User): Buffer
  left(moment: Moment, user: User): Buffer
  /** A line for one reader alone, said by a bot. */
  aside(moment: Moment, bot: User, text: string): Buffer
  /** What somebody who opens the page is told first. @param members Bots first. */
  opening(moment: Moment, self: User, members: readonly User[]): Buffer[]
}

/** Those who read one dialect in a room. */
export interface Readers {
  channel: Channel
  dialect: Dialect
}
