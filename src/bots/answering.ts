import type { BotRules, RoomFace } from '../chat/face.js'
import { fillSpaced, texts } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import type { Middleware } from '../plugin.js'
import type { BotInfo, User } from '../protocol.js'
import { TakenBack } from './changed.js'
import { Circuit } from './circuit.js'
import type { BotDefinition } from './definition.js'
import type { Excuses } from './excuses.js'
import { asKind, kindOf, Late, placeOf } from './failure.js'
import type { Values } from './keep.js'
import { Pause } from './pause.js'
import { Queue } from './queue.js'
import type { Voice } from './speaking/voice.js'
import type { Track } from './track.js'
import { overheardLog, tell, tellFailure } from './trial.js'
import { inTurn, openTurn, type Job, type Turn } from './turn.js'

export interface AnsweringOptions {
  user: User
  definition: BotDefinition
  voice: Voice
  values: Values
  rules: Pick<BotRules, 'modeOf'>
  excuses: Excuses
  track: Track
  log: Logger
  meter: Meter
  /** A clock that never goes back, in milliseconds. */
  now: () => number
}

/** How many messages of a room wait while a bot answers one. */
export const WAITING = 3

/** A bot's answers: in each room one after the other, each in a task of its own and in its time. */
export class Answering {
  readonly #options: AnsweringOptions
  readonly #circuit: Circuit
  readonly #pause: Pause
  readonly #queue = new Queue<number, Job>({
    waiting: WAITING,
    work: (job) => this.#answer(job),
    pause: () => this.#pause.begin(),
  })
  readonly #running = new Map<AbortController, Turn>()
  #closed = false

  constructor(options: AnsweringOptions) {
    const { definition, now } = options
    this.#options = options
    this.#circuit = new Circuit({ now })
    this.#pause = new Pause({
      ms: () => definition.wait?.() ?? 0,
      told: () => this.#tookMuch(),
      now,
    })
  }

  /** Takes something up; it is answered in its turn. @returns false: too many wait already. */
  offer(job: Job): boolean {
    const { event, room } = job
    const { meter, log } = this.#options
    if (this.#queue.offer(room.id, job)) return true
    meter.turns.add('busy')
    log.debug({ room: room.id, seq: event.seq }, 'bot is busy: message dropped')
    return false
  }

  /** How it is with a room that asks; asked for none it may be busy in one. */
  stateIn(room?: number): BotInfo['state'] {
    if (this.#options.definition.up?.() === false) return 'off'
    if (this.#circuit.open || this.#pause.holds) return 'resting'
    return room !== undefined && this.#queue.runs(room) ? 'busy' : 'ready'
  }

  /** How it is, in whichever room. */
  get state(): BotInfo['state'] {
    const state = this.stateIn()
    return state === 'ready' && this.#running.size > 0 ? 'busy' : state
  }

  /** Looks at what waits in a room anew: it becomes what `change` gives, or goes when that is nothing. */
  change(room: RoomFace, change: (job: Job) => Job | undefined): void {
    this.#queue.change(room.id, change)
  }

  /** Of what a room has asked, this is not to be answered any more: it ends as it is. */
  drop(room: RoomFace, isGone: (job: Job) => boolean, why = new TakenBack()): void {
    this.#queue.change(room.id, (job) => (isGone(job) ? undefined : job))
    for (const [controller, { job, replies }] of this.#running) {
      if (job.room.id !== room.id || !isGone(job)) continue
      void replies.endDrafts('cancelled') // before the plugin can end them in another way
      controller.abort(why)
    }
  }

  /** Gives away what waits. Drafts end where they are; what runs otherwise goes on. */
  retire(): Job[] {
    this.#pause.end()
    for (const { replies } of this.#running.values()) void replies.endDrafts('cancelled')
    return this.#queue.takeWaiting().map(([, job]) => job)
  }

  /** What runs is told to stop. */
  stop(reason: Error): void {
    for (const controller of this.#running.keys()) controller.abort(reason)
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    return this.#queue.idle()
  }

  /** Stops what runs, drops what waits, and waits for the rest. */
  async close(): Promise<void> {
    this.#closed = true
    this.#pause.end()
    this.stop(new Error('the server closes'))
    await this.#queue.close()
  }

  /** One message through the bot's chain, in its time. Never rejects: nobody waits for a bot. */
  async #answer(job: Job): Promise<void> {
    if (this.#closed) return
    const { user, definition, voice, values, rules, excuses, meter } = this.#options
    if (!this.#circuit.admits()) {
      meter.turns.add('resting')
      return excuses.rests(job)
    }
    const controller = new AbortController()
    const { timeout, chain, moderates = false } = definition
    const trial = { room: job.room, bot: user, lang: job.lang }
    const log = job.room.sandbox ? overheardLog(definition.log, trial) : definition.log
    const timer = setTimeout(() => controller.abort(new Late(timeout)), timeout)
    const turn = openTurn(job, {
      bot: user,
      voice,
      values,
      log,
      moderates,
      isOff: () => rules.modeOf(job.room, user.id) === 'off',
      signal: controller.signal,
      grown: () => timer.refresh(),
      failed: (kind, details) => this.#note(job, kind, details),
    })
    this.#running.set(controller, turn)
    let failure: unknown
    try {
      await Promise.race([run(chain, turn), aborted(controller.signal)])
    } catch (error) {
      failure = error
    }
    clearTimeout(timer)
    turn.end()
    await turn.replies.endDrafts(this.#closed ? 'cancelled' : 'error')
    this.#running.delete(controller)
    excuses.free(job.room.id)
    if (failure instanceof TakenBack) this.#circuit.undecided()
    else if (failure === undefined) this.#succeeded(job, turn)
    else if (!this.#closed) await this.#failed(job, turn, failure)
  }

  #succeeded({ since }: Job, { replies }: Turn): void {
    const { excuses, meter, track, now } = this.#options
    this.#circuit.succeeded()
    excuses.well()
    meter.turns.add(replies.said() ? 'answered' : 'silent')
    if (replies.said()) track.answeredIn(now() - since)
  }

  async #failed(job: Job, { replies }: Turn, error: unknown): Promise<void> {
    const { user, excuses, meter, track, log } = this.#options
    const kind = kindOf(error)
    meter.turns.add('failed')
    meter.botFailures.add(kind)
    track.failedBy(kind, placeOf(error))
    log.warn({ err: error, kind, room: job.room.id, seq: job.event.seq }, 'bot failed')
    if (job.room.sandbox) tellFailure(error, { ...job, bot: user })
    if (job.awaited && !replies.said()) await excuses.failed(job, kind === 'timeout')
    if (!this.#circuit.failed()) return
    meter.circuits += 1
    log.warn('bot failed too often in a row: it rests a minute')
    await excuses.rests(job)
  }

  /** `ctx.failed`: what the bot could do without. */
  #note({ room, event, lang }: Job, word: string, details: object): void {
    const { user, meter, track, log } = this.#options
    const kind = asKind(word)
    if (room.sandbox) tell(fillSpaced(texts[lang].bots.met, { kind }), room, user)
    meter.botFailures.add(kind)
    track.failedBy(kind)
    log.warn({ kind, details, room: room.id, seq: event.seq }, 'bot met a failure')
  }

  #tookMuch(): void {
    this.#options.track.noted('processor')
    this.#options.log.warn('bot takes much of the processor: its turns wait')
  }
}

async function run(chain: readonly Middleware[], turn: Turn): Promise<void> {
  const { ctx, replies } = turn
  try {
    await inTurn(chain, ctx)
  } finally {
    turn.end()
  }
  await replies.endDrafts('done')
  await replies.settled()
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
