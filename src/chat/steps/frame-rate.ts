import { ChatError } from '../../errors.js'
import { PersonLimit } from '../limits.js'
import type { ChatDeps } from '../deps.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'
import type { ClientFrame } from '../../frames.js'

/** Requests that read: more than a person scrolling fast needs, less than what would keep the store busy. */
const READS = { perMinute: 1_200, burst: 200 }
/** Searches that may come at once: somebody types, and leafs through what was found. */
const SEARCHES = 20
/** `typing` is a hint: one a second is plenty, and what is over is dropped in silence. */
const HINTS = { perMinute: 120, burst: 10 }
/** `read` is silent too, but kept: somebody may leaf through many rooms. */
const MARKS = { perMinute: 240, burst: 60 }
/** What moderators do: more than a raid needs, less than a script would. */
const ACTS = { perMinute: 120, burst: 30 }
const REPORTS = { perMinute: 10, burst: 10 }

/** Refuses frames from a person who sends faster than `[limits]` allows. */
export const frameRate = ({ limits, messages }: ChatDeps): Step<FrameContext> => {
  const joins = new PersonLimit({ perMinute: limits.joins_per_minute, burst: 0 })
  const reads = new PersonLimit(READS)
  const searches = new PersonLimit({ perMinute: limits.searches_per_minute, burst: SEARCHES })
  const hints = new PersonLimit(HINTS)
  const marks = new PersonLimit(MARKS)
  const acts = new PersonLimit(ACTS)
  // As large as that of messages, and another one: who has just said much can still take it back.
  const changes = new PersonLimit({
    perMinute: limits.messages_per_minute,
    burst: limits.burst,
  })
  const limitOf: Record<ClientFrame['type'], PersonLimit> = {
    chat: messages,
    join: joins,
    sync: joins,
    leave: reads,
    room: reads,
    rooms: reads,
    make: reads,
    direct: reads,
    notify: reads,
    approve: reads,
    invite: reads,
    invites: reads,
    revoke: reads,
    history: reads,
    search: searches,
    members: reads,
    bots: reads,
    commands: reads,
    nickname: reads,
    typing: hints,
    read: marks,
    stop: reads,
    policy: acts,
    volume: reads,
    mute: acts,
    kick: acts,
    ban: acts,
    unban: acts,
    role: acts,
    bans: reads,
    report: new PersonLimit(REPORTS),
    reports: reads,
    handled: acts,
    audit: reads,
    edit: messages,
    recall: changes,
    react: changes,
    answer: changes,
    pin: changes,
    topic: changes,
    pins: reads,
  }

  return function frameRate({ connection, frame }, next) {
    // A passcode is hashed so that it takes long.
    const limit =
      frame.type === 'room' && frame.set?.passcode !== undefined ? acts : limitOf[frame.type]
    const wait = limit.take(connection.user.id)
    if (wait === 0) return next()
    throw new ChatError('rate_limited', {
      values: { seconds: Math.ceil(wait / 1000) },
      retryAfterMs: wait,
    })
  }
}
