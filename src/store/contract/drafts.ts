import type { EventExtra, NumberedEvent, NumberedType, User } from '../../protocol.js'

/** An event that wants a number. */
export interface Draft {
  roomId: number
  type: NumberedType
  /** Kept as it is with the event: a later rename does not rewrite the past. */
  user: User
  cid: string
  /** The text to show, after plugins. */
  data: string
  /** The text as received, before plugins: another one under the same cid is a conflict. The store keeps its hash. */
  received: string
  extra?: EventExtra
}

export type Outcome =
  | { status: 'stored'; seq: number; at: number; told?: Told }
  | { status: 'dup'; seq: number; at: number }
  /** Nothing was stored. `unchanged`: what the draft asks for is so already. */
  | {
      status:
        | 'conflict'
        | 'no_such_room'
        | 'no_such_message'
        | 'too_many'
        | 'closed'
        | 'expired'
        | 'no_such_choice'
        | 'unchanged'
    }

/** What an event has beside its draft, as the transaction found it: it goes with the event to everybody. */
export type Told = Partial<
  Pick<NumberedEvent, 'data' | 'users' | 'count' | 'reply' | 'tally' | 'people' | 'closed'>
>
