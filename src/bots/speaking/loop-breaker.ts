import { note } from '../../i18n/notes.js'
import type { Logger } from '../../log.js'
import { MAX_HOP, type Note, type User } from '../../protocol.js'
import { Repetition } from './repetition.js'
import type { Occasion } from './voice.js'

/** Exchanges that are remembered as stopped. */
const REMEMBERED = 1_000

export interface LoopBreakerOptions {
  bot: User
  /** Exchanges that were stopped at the last hop: all who share this tell a room once. */
  stopped: Set<string>
  /** Tells the room. @param about The same for what is told once. */
  notice: (occasion: Occasion, about: string, said: Note) => Promise<void>
  log: Logger
  /** A clock that never goes back, in milliseconds. */
  now: () => number
}

/** Stops a bot that goes in circles, and lets the room know. */
export class LoopBreaker {
  readonly #options: LoopBreakerOptions
  readonly #repetition: Repetition

  constructor(options: LoopBreakerOptions) {
    this.#options = options
    this.#repetition = new Repetition({ now: options.now })
  }

  /** Whether this is not to be said. */
  async stops(data: string, occasion: Occasion): Promise<boolean> {
    return (await this.isTooFar(occasion)) || (await this.repeats(data, occasion))
  }

  /** Bots that answer each other: the room is told once for each exchange. */
  async isTooFar(occasion: Occasion): Promise<boolean> {
    const { room, hop, cause, trigger } = occasion
    if (hop <= MAX_HOP) return false
    const { bot, stopped, notice, log } = this.#options
    const loop = `${room.id}:${cause ?? trigger}`
    if (stopped.has(loop)) return true
    if (stopped.size > REMEMBERED) stopped.clear()
    stopped.add(loop)
    log.info({ bot: bot.id, room: room.id, cause }, 'bots stopped at the last hop')
    await notice(occasion, loop, note('loopStopped'))
    return true
  }

  /** The same answer to the same person again and again: who asks is a program, too. */
  async repeats(data: string, occasion: Occasion): Promise<boolean> {
    const { room, asker, trigger } = occasion
    const may = this.#repetition.take(room.id, asker, data)
    if (may !== 'first') return may === 'stop'
    const { bot, notice, log } = this.#options
    log.info({ bot: bot.id, room: room.id }, 'bot stopped: it repeats itself')
    await notice(occasion, `repeats:${room.id}:${trigger}`, note('repeats', { name: bot.name }))
    return true
  }
}
