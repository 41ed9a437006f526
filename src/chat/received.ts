import type { ClientFrame, FrameOf } from '../frames.js'
import type { FormValues } from '../protocol.js'

const WRITING = ['chat', 'edit', 'recall', 'react', 'answer', 'pin', 'topic'] as const

type Writing = FrameOf<(typeof WRITING)[number]>
type Asked<F> = F extends unknown ? Omit<F, 'cid' | 'room' | 'reply_to' | 'files'> : never

/** Does it ask for a number? */
export const isWriting = (frame: ClientFrame): frame is Writing =>
  (WRITING as readonly string[]).includes(frame.type)

/**
 * What makes two frames under one cid the same: of a chat its text, as it was received; of what changes an earlier
 * message all that it says. No text holds a NUL, so that no chat can be taken for another kind.
 */
export function receivedOf(frame: Asked<Writing>): string {
  if (frame.type === 'chat') return frame.data
  const {
    type,
    message,
    data,
    on,
    choices,
    form,
  }: {
    type: string
    message?: number
    data?: string
    on?: boolean
    choices?: readonly string[]
    form?: FormValues | undefined
  } = frame
  const filled = form ? [JSON.stringify(form)] : []
  return [type, message, on, data, ...(choices ?? []), ...filled].join('\0')
}
