import type { RoomFace } from '../chat/face.js'
import type { Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { Hear, MessageContext, Middleware, PluginLog } from '../plugin.js'
import type { NumberedEvent, User } from '../protocol.js'
import { Circuit } from './circuit.js'
import { Queue } from './queue.js'
import { openReplies, type Replies } from './replies.js'
import { memberOf, roomView } from './view.js'
import type { Voice } from './voice.js'

/** A bot as the plugins define it. */
export interface BotDefinition {
  name: string
  aliases: readonly string[]
  /** Rooms it is a member of; none named: all. */
  rooms: readonly string[]
  hear: Hear
  hearBots: boolean
  /** How long one answer may take, in milliseconds; while it streams, how long it may pause. */
  timeout: number
  chain: readonly Middleware[]
  log: PluginLog
}

export interface BotOptions {
  definition: BotDefinition
  user: User
  voice: Voice
  log: Logger
  now?: () => number
}

interface Job {
  event: NumberedEvent
  room: RoomFace
  lang: Lang
}

interface Turn {
  signal: AbortSignal
  replies: Replies
  over: boolean
}

/** How many messages of a room wait while a bot answers one. */
const WAITING = 3

/** One bot, a member of rooms: decides what it hears, and answers in tasks of its own. */
export class Bot {
  readonly user: User
  readonly definition: BotDefinition
  readonly #voice: Voice
  readonly #log: Logger
  readonly #circuit: Circuit
  readonly #queue = new Queue<number, Job>({ waiting: WAITING, work: (job) => this.#answer(job) })
  readonly #running = new Set<AbortController>()
  readonly #lookups = new Set<Promise<void>>()
  #closed = false

  constructor({ definition, user, voice, log, now }: BotOptions) {
    this.user = user
    this.definition = definition
    this.#voice = voice
    this.#log = log.child({ bot: user.id })
    this.#circuit = new Circuit(now ? { now } : {})
  }

  /** Whether it is a member of this room. */
  isIn(room: string): boolean {
    const { rooms } = this.definition
    return rooms.length === 0 || rooms.includes(room)
  }

  /** Takes a line up, if it is for this bot. Returns at once. */
  hear(job: Job, called: ReadonlySet<number>): void {
    if (this.#closed || !this.isIn(job.room.name) || !this.#listensTo(job.event.user)) return
    if (this.#wants(job, called)) return this.#offer(job)
    if (job.event.reply_to !== undefined && this.definition.hear !== 'command') this.#lookUp(job)
  }

  /** Stops what runs, drops what waits, and waits for the rest. */
  async close(): Promise<void> {
    this.#closed = true
    for (const controller of this.#running) controller.abort(new Error('the server closes'))
    await Promise.all([this.#queue.close(), ...this.#lookups])
  }

  #listensTo(user: User): boolean {
    if (user.id === this.user.id) return false
    return user.kind === 'person' || this.definition.hearBots
  }

  #wants({ event, room }: Job, called: ReadonlySet<number>): boolean {
    const { hear } = this.definition
    const command = /^\/\S/.test(event.data)
    if (hear === 'all') return true
    if (hear === 'command') return command
    if (called.has(this.user.id) || event.mentions?.includes(this.user.id)) return true
    return hear === 'auto' && (command || room.people() <= 1)
  }

  /** An answer to one of its own lines is meant for it, called by name or not. */
  #lookUp(job: Job): void {
    const lookup = answersTo(this.user, job)
      .then((mine) => {
        if (mine && !this.#closed) this.#offer(job)
      })
      .catch((error: unknown) => this.#log.warn({ err: error }, 'answered line not found'))
      .finally(() => this.#lookups.delete(lookup))
    this.#lookups.add(lookup)
  }

  #offer(job: Job): void {
    if (this.#queue.offer(job.room.id, job)) return
    this.#log.debug({ room: job.room.id, seq: job.event.seq }, 'bot is busy: message dropped')
  }

  /** One message through the bot's chain, in its time. Never rejects: nobody waits for a bot. */
  async #answer(job: Job): Promise<void> {
    const about = { room: job.room.id, seq: job.event.seq }
    if (this.#closed || !this.#circuit.admits()) return
    const controller = new AbortController()
    const { timeout } = this.definition
    const timer = setTimeout(() => controller.abort(new Error(`silent for ${timeout} ms`)), timeout)
    const turn = this.#turn(job, controller.signal, () => timer.refresh())
    this.#running.add(controller)
    try {
      await Promise.race([this.#run(job, turn), aborted(controller.signal)])
      this.#circuit.succeeded()
    } catch (error) {
      if (this.#closed) return
      this.#log.warn({ err: error, ...about }, 'bot failed')
      if (this.#circuit.failed()) this.#log.warn('bot failed too often in a row: it rests a minute')
    } finally {
      clearTimeout(timer)
      turn.over = true
      await turn.replies.endDrafts(this.#closed ? 'cancelled' : 'error')
      this.#running.delete(controller)
    }
  }

  /** One message in this bot's hands. @param grown Told when a draft grows: it is not idle. */
  #turn(job: Job, signal: AbortSignal, grown: () => void): Turn {
    const replies = openReplies(
      async () => this.#voice,
      () => {
        if (turn.over) throw new Error('ctx.reply: the bot is done with this message')
        return { ...this.#occasion(job, signal), grown }
      },
    )
    const turn: Turn = { signal, replies, over: false }
    return turn
  }

  async #run(job: Job, turn: Turn): Promise<void> {
    try {
      await inTurn(this.definition.chain, this.#context(job, turn))
    } finally {
      turn.over = true
    }
    await turn.replies.endDrafts('done')
    await turn.replies.settled()
  }

  #occasion({ event, room, lang }: Job, signal: AbortSignal) {
    return {
      room,
      lang,
      trigger: event.seq,
      cause: event.cause ?? event.seq,
      hop: (event.hop ?? 0) + 1,
      signal,
      patient: true,
    }
  }

  #context({ event, room, lang }: Job, { signal, replies }: Turn): MessageContext {
    return {
      room: roomView(room),
      user: memberOf(event.user),
      message: Object.freeze({
        id: event.seq,
        at: event.at,
        hop: event.hop ?? 0,
        text: event.data,
        mentions: event.mentions ?? [],
        ...(event.reply_to !== undefined && { replyTo: event.reply_to }),
      }),
      bot: memberOf(this.user),
      lang,
      signal,
      state: {},
      log: this.definition.log,
      reply: replies.reply,
      stream: replies.stream,
      reject() {
        throw new Error('ctx.reject: the message is delivered already; a bot only hears it')
      },
    }
  }
}

/** The middleware one inside the other, as in Koa; behind the last there is nothing more. */
function inTurn(chain: readonly Middleware[], ctx: MessageContext): Promise<void> {
  const enter = async (index: number): Promise<void> => {
    await chain[index]?.(ctx, () => enter(index + 1))
  }
  return enter(0)
}

async function answersTo(bot: User, { event, room }: Job): Promise<boolean> {
  const lines = await room.history(200)
  return lines.some(({ seq, user }) => seq === event.reply_to && user.id === bot.id)
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
