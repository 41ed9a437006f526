import type { Delivered, RoomChain, Say } from '../chat/face.js'
import { guard, type Step } from './guard.js'
import { openLine, type Line, type Turn } from './line.js'
import type { Speaker } from './speaker.js'

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
  const turns = new Set<Turn>()
  const walks = new Set<Promise<void>>()

  const walk = async (
    line: Line,
    store: (text: string) => Promise<void>,
    steps: readonly Step[],
    index: number,
  ): Promise<void> => {
    const step = steps[index]
    if (!step) return store(line.text)
    const on = () => walk(line, store, steps, index + 1)
    return concerns(step, line.say) ? guard(step, line, on, { speaker, turns }) : on()
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
      const line = openLine(say)
      return new Promise<Delivered>((resolve, reject) => {
        const keep = async (text: string) => {
          line.delivered = await store(text).catch((error: unknown) => {
            reject(error)
            throw error
          })
          resolve(line.delivered)
        }
        const walked = walk(line, keep, now, 0)
          .catch(reject)
          .then(() => endDrafts(line))
          .finally(() => walks.delete(walked))
        walks.add(walked)
      })
    },

    idle: () => Promise.all(walks).then(() => undefined),

    async close() {
      for (const turn of turns) turn.abort(new Error('the server closes'))
      await Promise.all(walks)
    },
  }
}

/** What its plugins have left open; one that failed has ended its own. */
async function endDrafts({ replies }: Line): Promise<void> {
  await Promise.all([...replies.values()].map((each) => each.endDrafts('done')))
}

/** A plugin does not hear what it says itself. */
const concerns = ({ rooms, name }: Step, { room, user }: Say): boolean =>
  (rooms.length === 0 || rooms.includes(room.name)) && !(user.kind === 'bot' && user.name === name)
