/** A numbered event as a client or the log knows it. */
export interface Seen {
  seq: number
  /** Absent where the author gave none (a notice of the server). */
  cid?: string
  author: number
  at: number
}

/** One thing that happened, in the order in which it was seen. */
export type Step =
  /** A request left a client for the first time. A resend of the same cid is no new one. */
  | { step: 'invoke'; client: string; author: number; room: string; cid: string }
  /** It was acknowledged. */
  | { step: 'ok'; author: number; room: string; cid: string; seq: number }
  /** It was refused for good: nothing was or will be stored. */
  | { step: 'fail'; author: number; room: string; cid: string }
  /** It was refused for now, or the connection broke: it may be stored or not, and it may be sent again. */
  | { step: 'retry'; author: number; room: string; cid: string }
  /** A client stands in a room at `at`: what comes next is `at + 1`. */
  | { step: 'enter'; client: string; room: string; epoch: string; at: number }
  | { step: 'leave'; client: string; room: string }
  /** A client received a numbered event, as it came over the wire. */
  | ({ step: 'event'; client: string; room: string } & Seen)
  /** At the end of a run: where a client stands. */
  | { step: 'stands'; client: string; room: string; at: number }

export interface History {
  steps: readonly Step[]
  /** The whole log of each room at the end, ascending. */
  log: Readonly<Record<string, readonly Seen[]>>
  /** Which rooms each client may read; absent: all. */
  mayRead?: Readonly<Record<string, readonly string[]>>
}

export type Rule =
  'lost' | 'twice' | 'gap' | 'order' | 'foreign' | 'seq' | 'refused' | 'disagree' | 'behind'

export interface Violation {
  rule: Rule
  sentence: string
}

/**
 * Checks a history against the invariants I1 to I4: what was acknowledged is in the log exactly once and
 * under that number, what was refused is not, numbers have no gap, every receiver goes up by one from where
 * it stands, all agree on what a number means, and nobody hears a room that is not theirs.
 * @returns One violation for each broken promise; empty: none.
 */
export function check(history: History): Violation[]
