import type { EventExtra } from '../../../protocol.js'
import type { AnswerRefusal } from '../../../card.js'
import type { Told } from '../../store.js'

/** A draft in the hands of its effect. */
export interface EffectDraft {
  roomId: number
  userId: number
  /** The text to show, after plugins. */
  data: string
  extra: EventExtra
  /** Server time, in milliseconds. */
  now: number
}

/** Why a draft gets no number: it would change nothing, or may not. */
export type Refusal = 'no_such_message' | 'too_many' | AnswerRefusal

/** What a draft will do. */
export interface Change {
  /** What the event has beside its draft. It is stored with it, but for a `reply`, which is read anew each time. */
  told?: Told
  /** Does it, in the transaction that stores the event, once that has its number and time. */
  apply?: (seq: number, at: number) => void
}

/**
 * What one type of event does to what is stored already. It is asked in the transaction, before the draft has a
 * number, so that of two at once the second sees what the first did.
 */
export type Effect = (draft: EffectDraft) => Change | Refusal
