import { createHash } from 'node:crypto'
import { texts, type Lang } from '../i18n/index.js'
import type { Deliver, RoomFace } from '../chat/face.js'
import type { Logger } from '../log.js'
import type { User } from '../protocol.js'
import { clean, fit } from './fit.js'
import { Pace } from './pace.js'

/** An event with a higher hop is not made: two bots that answer each other stop here. */
export const MAX_HOP = 3

/** What a bot's message answers. */
export interface Occasion {
  room: RoomFace
  lang: Lang
  /** Tells what is answered from all else in the room: the event's number, or what stands for it. */
  trigger: number | string
  /** Number of the person's message that it descends from, if that is known yet. */
  cause?: number
  /** The reply's own hop: one more than that of what it answers. */
  hop: number
  signal: AbortSignal
  /** Wait for a turn when it speaks too fast; otherwise what is too much is dropped. */
  patient: boolean
}

export interface VoiceOptions {
  deliver: Deliver
  log: Logger
  /** Code points of a message (`[limits] message_chars`), 4000 if not given. */
  messageChars?: number
  /** Exchanges that were stopped at the last hop: all who share this tell a room once. */
  stopped: Set<string>
}

/** One bot's way to speak: through the same door as people, at its pace, and once for each cause. */
export class Voice {
  readonly #bot: User
  readonly #options: VoiceOptions
  readonly #pace = new Pace()

  constructor(bot: User, options: VoiceOptions) {
    this.#bot = bot
    this.#options = options
  }

  /**
   * Says something; resolves when it is durable, or was dropped because it is too much.
   * @param n Which answer to this trigger it is, from 0.
   * @throws {ChatError} what the door says.
   */
  async say(text: string, occasion: Occasion, n: number): Promise<void> {
    const { room, lang, cause, hop, signal } = occasion
    if (hop > MAX_HOP) return this.#stopLoop(occasion)

    const data = fit(clean(text), this.#options.messageChars ?? 4_000, texts[lang].bots.cut)
    if (data.trim() === '') return
    if (occasion.patient) await this.#pace.wait(signal)
    else if (!this.#pace.take()) return this.#drop(occasion)
    signal.throwIfAborted()

    const cid = replyCid(this.#bot.id, room.id, occasion.trigger, n)
    const say = { room, user: this.#bot, cid, data, lang, hop }
    await this.#options.deliver(cause === undefined ? say : { ...say, cause })
  }

  #drop({ room }: Occasion): void {
    this.#options.log.warn({ bot: this.#bot.id, room: room.id }, 'bot speaks too fast: dropped')
  }

  async #stopLoop({ room, lang, cause, trigger }: Occasion): Promise<void> {
    const { stopped, log } = this.#options
    const loop = `${room.id}:${cause ?? trigger}`
    if (stopped.has(loop)) return
    if (stopped.size > 1_000) stopped.clear()
    stopped.add(loop)
    log.info({ bot: this.#bot.id, room: room.id, cause }, 'bots stopped at the last hop')
    const data = texts[lang].room.loopStopped
    await room.notice({ user: this.#bot, cid: `n.${digest(loop)}`, data })
  }
}

/**
 * The same for the same answer, however often it is tried and on whichever node: the store keeps it once.
 * It is made of what is answered directly, so that a bot's second answer within one exchange is another one.
 */
export const replyCid = (bot: number, room: number, trigger: number | string, n: number): string =>
  `b.${digest(`${bot}:${room}:${trigger}:${n}`)}`

const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32)
