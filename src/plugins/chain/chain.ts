import type { Delivered, RoomChain, Say } from '../../chat/face.js'
import { guard, type Step } from './guard.js'
import { Line } from './line.js'
import type { Speaker } from './speaker.js'
import { passAway, stepsAway } from '../worker/stretch.js'

export interface ChainOptions {
  /** The steps in the order of their sections. */
  steps: readonly Step[]
  speaker: Speaker
}

export interface Chain extends RoomChain {
  /** From the next message on it has these steps; one on its way never meets another. */
  become(steps: readonly Step[]): void
  /** Resolves when no plugin is busy with a message. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** The plugins around every message, each guarded. */
export function createChain({ steps, speaker }: ChainOptions): Chain {
  let now = Object.freeze([...steps])
  const lines = new Map<Line, Promise<void>>()
  const settled = () => Promise.all(lines.values()).then(() => undefined)

  const walk = (line: Line, steps: readonly Step[], store: () => Promise<void>): Promise<void> => {
    const enter = (index: number): Promise<void> => {
      const step = steps[index]
      if (!step) return store()
      const { run } = step
      if (typeof run !== 'function') {
        const away = stepsAway(steps, index)
        return passAway(line, away, { speaker, on: (length) => enter(index + length) })
      }
      return guard(step, line, { run, on: () => enter(index + 1), speaker })
    }
    return enter(0)
  }

  return {
    get empty() {
      return now.length === 0
    },

    become(steps) {
      now = Object.freeze([...steps])
    },

    /** Settles as soon as the line is durable or refused; what plugins do after `next()` goes on behind it. */
    run(say, store) {
      const line = new Line(say)
      const steps = now.filter((step) => concerns(step, say))
      return new Promise<Delivered>((resolve, reject) => {
        const keep = async () => {
          line.delivered = await store(line.text).catch((error: unknown) => {
            reject(error)
            throw error
          })
          resolve(line.delivered)
        }
        const walked = walk(line, steps, keep)
          .catch(reject)
          .then(() => end(line))
          .finally(() => lines.delete(line))
        lines.set(line, walked)
      })
    },

    idle: settled,

    async close() {
      for (const line of lines.keys()) {
        for (const hand of line.hands) hand.abort(new Error('the server closes'))
      }
      await settled()
    },
  }
}

/** What its plugins have left open is ended; one that failed has ended its own. */
async function end({ watch, replies }: Line): Promise<void> {
  watch.close()
  await Promise.all([...replies.values()].map((each) => each.endDrafts('done')))
}

/** A plugin does not hear what it says itself. */
const concerns = ({ rooms, name }: Step, { room, user }: Say): boolean =>
  (rooms.length === 0 || rooms.includes(room.name)) && !(user.kind === 'bot' && user.name === name)
