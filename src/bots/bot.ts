import type { BotRoom, BotRules, RoomFace } from '../chat/face.js'
import { fillSpaced, texts, type Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import type { Middleware } from '../plugin.js'
import type { BotInfo, NumberedEvent, User } from '../protocol.js'
import { aboutBot, restFor, type Asking } from './about.js'
import { ByProgram } from './by-program.js'
import { callIn } from './hearing/calling.js'
import { edited, isFor, TakenBack } from './changed.js'
import { Circuit } from './circuit.js'
import type { BotDefinition } from './definition.js'
import { Excuses } from './excuses.js'
import { asKind, kindOf, Late, placeOf } from './failure.js'
import type { Overheard } from './hearing/hearing.js'
import { heed, heedFound, type Heeded, type Hearing, type Unsure } from './hearing/heed.js'
import type { Values } from './keep.js'
import { Pause } from './pause.js'
import { Queue } from './queue.js'
import { Track } from './track.js'
import { overheardLog, tell, tellFailure } from './trial.js'
import { inTurn, openTurn, type Job, type Turn } from './turn.js'
import { wokenBy } from './hearing/woken.js'
import type { Voice } from './speaking/voice.js'

export interface BotOptions {
  definition: BotDefinition
  user: User
  voice: Voice
  /** Where it keeps its values. */
  values: Values
  /** What moderators let it do. */
  rules: BotRules
  log: Logger
  meter: Meter
  now?: () => number
  /** From 0 to 1. */
  random?: () => number
  /** The version before, whose way to speak and whose record it goes on with. */
  before?: Bot
}

/** What of a line is for a bot, and where it was said. */
export interface Line extends Omit<Job, 'since' | keyof Heeded> {
  called: ReadonlySet<number>
  owner?: number
}

/** A line that may not be for a bot. `mustAnswer`: it has to answer one of the bot's own. */
interface Doubt {
  heeded: Heeded | Unsure
  mustAnswer: boolean
}

/** How many messages of a room wait while a bot answers one. */
const WAITING = 3

/** One bot, a member of rooms: decides what it hears, and answers in tasks of its own. */
export class Bot {
  readonly user: User
  readonly definition: BotDefinition
  readonly byProgram: ByProgram
  readonly #voice: Voice
  readonly #values: Values
  readonly #rules: BotRules
  readonly #log: Logger
  readonly #meter: Meter
  readonly #now: () => number
  readonly #random: () => number
  readonly #circuit: Circuit
  readonly #track: Track
  readonly #pause: Pause
  readonly #queue = new Queue<number, Job>({
    waiting: WAITING,
    work: (job) => this.#answer(job),
    pause: () => this.#pause.begin(),
  })
  readonly #running = new Map<AbortController, Turn>()
  /** Lines of which it is not known yet whether they are for this bot. */
  readonly #unsure = new Set<Line>()
  /** What it does beside answering. */
  readonly #asides = new Set<Promise<void>>()
  readonly #excuses: Excuses
  #closed = false
  #retired = false

  constructor(options: BotOptions) {
    const { definition, user, voice, values, rules, log, meter, now, random, before } = options
    this.user = user
    this.definition = definition
    this.#values = values
    this.#rules = rules
    this.#voice = before ? before.#voice : voice
    this.#track = before ? before.#track : new Track()
    this.#track.renewed()
    this.#meter = meter
    this.#log = log.child({ bot: user.id, plugin: `bot:${definition.name}` })
    this.#now = now ?? (() => performance.now())
    this.#random = random ?? Math.random
    this.#circuit = new Circuit({ now: this.#now })

    this.byProgram = new ByProgram({
      user,
      definition,
      rules,
      voice: this.#voice,
      track: this.#track,
      now: this.#now,
    })
    this.#pause = new Pause({ ms: () => definition.wait?.() ?? 0, told: () => this.#tookMuch() })
    this.#excuses = new Excuses({ user, voice: this.#voice, log: this.#log })
  }

  /** Whether it is a member of this room. */
  isIn(room: BotRoom): boolean {
    const { rooms, belongs } = this.definition
    if (belongs) return belongs(room)
    const { name, two, sandbox } = room
    if (sandbox) return true
    if (two) return two.includes(this.user.id)
    return rooms.length === 0 || rooms.includes(name)
  }

  /** Takes up a line of one of its rooms, if it is for this bot. Returns at once. */
  hear(line: Line): void {
    const { event, room } = line
    if (this.#closed || this.#retired || !this.#listensTo(event.user)) return
    const { called, owner } = line
    const people = room.company()
    const ofTwo = room.two !== undefined
    const heard = { event, people, ofTwo, called, ...(owner !== undefined && { owner }) }
    const call = callIn(this.user.id, this.definition, heard)
    const refusal = this.#rules.refusal(room, this.user.id, event.user)
    if (refusal) {
      if (call === 'call' && event.user.kind === 'person') this.#excuses.refused(line, refusal)
      return
    }
    const onlyCalls = this.#rules.modeOf(room, this.user.id) === 'called'
    if (onlyCalls && call === undefined) return
    const heeded = heed(this.user.id, this.#hearingIn(room), heard, this.#random)
    if (heeded === undefined) return
    const mustAnswer = onlyCalls && call === 'answer'
    if ('trigger' in heeded && !mustAnswer) this.#take(line, heeded)
    else this.#aside(() => this.#lookUp(line, heard, { heeded, mustAnswer }))
  }

  /** A person came into one of its rooms, or left it. */
  moved(how: 'join' | 'left', user: User, room: RoomFace, lang: Lang): void {
    if (this.definition.triggers?.[how]) this.#wake(how, user, room, lang)
  }

  /** Somebody has answered a card of this room; if it is one of its own, it may want to know. */
  answered(event: NumberedEvent, room: RoomFace, lang: Lang): void {
    const { message, choices = [], form } = event
    if (this.#closed || this.#retired || !this.definition.triggers?.answer) return
    if (message === undefined) return
    this.#aside(async () => {
      if (this.#rules.refusal(room, this.user.id, event.user)) return
      const card = await room.bySeq(message)
      if (card?.user.id !== this.user.id || card.recalled) return
      const given = form ? { choices: [], form } : { choices }
      const trigger = { kind: 'answer', ...given, card: message } as const
      this.#offer({ event, room, lang, trigger, args: '', awaited: false, since: this.#now() })
    })
  }

  /** Its time has come, in this room. */
  tick(room: RoomFace, lang: Lang): void {
    this.#wake('timer', this.user, room, lang)
  }

  /** Takes note of what becomes of lines: an edited one is answered as it reads now, a recalled one not at all. */
  change(event: NumberedEvent, room: RoomFace): void {
    const { type, message } = event
    if (type === 'edit') this.#queue.change(room.id, (job) => edited(job, event))
    if (type === 'recall' && message !== undefined) this.#forget(room, message)
  }

  /** It is turned off in a room: it stops there what it does, and what it was writing ends as it is. */
  hush(room: RoomFace): void {
    for (const line of this.#unsure) if (line.room.id === room.id) this.#unsure.delete(line)
    this.#queue.change(room.id, () => undefined)
    for (const [controller, { job, replies }] of this.#running) {
      if (job.room.id !== room.id) continue
      void replies.endDrafts('cancelled')
      controller.abort(new TakenBack('the bot was turned off in this room'))
    }
  }

  /** What members of a room may know of it; its host more, and of all rooms. */
  about(room: RoomFace | undefined, who: Asking): BotInfo {
    const { user, definition } = this
    const state = this.#stateIn(room?.id)
    const about = { user, definition, track: this.#track, state, log: this.#log }
    return aboutBot(about, room, who)
  }

  /** What it does now, in whichever room. */
  get state(): BotInfo['state'] {
    const state = this.#stateIn(undefined)
    return state === 'ready' && this.#running.size > 0 ? 'busy' : state
  }

  /** What is left for somebody in one of its rooms. */
  restFor(room: RoomFace, person: number | undefined): Promise<Pick<BotInfo, 'rest'>> {
    return restFor({ definition: this.definition, log: this.#log }, room, person)
  }

  /** What its author should know of it. */
  broken(sentence: string, kind?: 'broken' | 'worker'): void {
    this.#track.broken(sentence, kind)
  }

  /** Hears nothing more, and gives away what waits. Drafts end where they are; what runs otherwise goes on. */
  retire(): Job[] {
    this.#retired = true
    this.#pause.end()
    for (const { replies } of this.#running.values()) void replies.endDrafts('cancelled')
    return this.#queue.takeWaiting().map(([, job]) => job)
  }

  /** Takes up what was given away. */
  takeUp(jobs: readonly Job[]): void {
    for (const job of jobs) this.#offer(job)
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    do {
      await Promise.all(this.#asides) // one of them may still take a line up
      await this.#queue.idle()
    } while (this.#asides.size > 0)
  }

  /** Resolves when nothing runs. @param limit After so many milliseconds what still runs is stopped. */
  async finished(limit: number): Promise<void> {
    const late = setTimeout(() => this.#stop(new Error('the bot was taken away')), limit)
    try {
      await this.idle()
    } finally {
      clearTimeout(late)
    }
  }

  /** Stops what runs, drops what waits, and waits for the rest. */
  async close(): Promise<void> {
    this.#closed = true
    this.#pause.end()
    this.#stop(new Error('the server closes'))
    await Promise.all([this.#queue.close(), ...this.#asides])
  }

  #stop(reason: Error): void {
    for (const controller of this.#running.keys()) controller.abort(reason)
  }

  /** Where bots are tried, one without triggers hears every line. */
  #hearingIn(room: RoomFace): Hearing {
    return room.sandbox ? { ...this.definition, hear: 'all' } : this.definition
  }

  #listensTo(user: User): boolean {
    if (user.id === this.user.id) return false
    return user.kind === 'person' || this.definition.hearBots
  }

  #stateIn(room: number | undefined): BotInfo['state'] {
    if (this.definition.up?.() === false) return 'off'
    if (this.#circuit.open || this.#pause.holds) return 'resting'
    return room !== undefined && this.#queue.runs(room) ? 'busy' : 'ready'
  }

  /** An answer to one of its own lines is meant for it, called by name or not; an expression takes its time. */
  async #lookUp(line: Line, heard: Overheard, { heeded, mustAnswer }: Doubt): Promise<void> {
    const { event, room } = line
    const { author, match } = 'trigger' in heeded ? { author: true, match: false } : heeded
    this.#unsure.add(line)
    const matched = match ? await this.definition.matches?.(event.data) : undefined
    const lines = mustAnswer || (author && !matched) ? await room.history(200) : []
    const answered = lines.find(({ seq }) => seq === event.reply_to)?.user
    if (!this.#unsure.delete(line) || (mustAnswer && answered?.id !== this.user.id)) return
    if ('trigger' in heeded) return this.#take(line, heeded)
    const found = { ...(matched && { match: matched }), ...(answered && { author: answered }) }
    const sure = heedFound(this.user.id, this.#hearingIn(room), heard, found, this.#random)
    if (sure) this.#take(line, sure)
  }

  #forget(room: RoomFace, message: number): void {
    const isGone = (work: Pick<Job, 'event' | 'room'>) =>
      work.room.id === room.id && isFor(work, message)
    for (const line of this.#unsure) if (isGone(line)) this.#unsure.delete(line)
    this.#queue.change(room.id, (job) => (isGone(job) ? undefined : job))
    for (const [controller, { job, replies }] of this.#running) {
      if (!isGone(job)) continue
      void replies.endDrafts('cancelled') // before the plugin can end them in another way
      controller.abort(new TakenBack())
    }
  }

  /** Something that is no line. */
  #wake(kind: 'join' | 'left' | 'timer', user: User, room: RoomFace, lang: Lang): void {
    if (this.#closed || this.#retired) return
    if (this.#rules.modeOf(room, this.user.id) !== 'active') return // nobody called it
    const { event, ...woken } = wokenBy(kind, user, room)
    this.#offer({ event, room, lang, ...woken, since: this.#now() })
  }

  #take({ event, room, lang }: Line, heeded: Heeded): void {
    if (this.#closed) return
    const job = { event, room, lang, ...heeded, since: this.#now() }
    this.#offer(job)
  }

  #offer(job: Job): void {
    const { event, room } = job
    if (this.#queue.offer(room.id, job)) return
    this.#meter.turns.add('busy')
    this.#log.debug({ room: room.id, seq: event.seq }, 'bot is busy: message dropped')
    if (job.awaited) this.#aside(() => this.#excuses.busy(job, WAITING))
  }

  /** One message through the bot's chain, in its time. Never rejects: nobody waits for a bot. */
  async #answer(job: Job): Promise<void> {
    if (this.#closed) return
    if (!this.#circuit.admits()) {
      this.#meter.turns.add('resting')
      return this.#excuses.rests(job)
    }
    const controller = new AbortController()
    const { timeout, chain, moderates = false } = this.definition
    const trial = { room: job.room, bot: this.user, lang: job.lang }
    const log = job.room.sandbox ? overheardLog(this.definition.log, trial) : this.definition.log
    const timer = setTimeout(() => controller.abort(new Late(timeout)), timeout)
    const turn = openTurn(job, {
      bot: this.user,
      voice: this.#voice,
      values: this.#values,
      log,
      moderates,
      isOff: () => this.#rules.modeOf(job.room, this.user.id) === 'off',
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
    this.#excuses.free(job.room.id)
    if (failure instanceof TakenBack) this.#circuit.undecided()
    else if (failure === undefined) this.#succeeded(job, turn)
    else if (!this.#closed) await this.#failed(job, turn, failure)
  }

  #succeeded({ since }: Job, { replies }: Turn): void {
    this.#circuit.succeeded()
    this.#excuses.well()
    this.#meter.turns.add(replies.said() ? 'answered' : 'silent')
    if (replies.said()) this.#track.answeredIn(this.#now() - since)
  }

  async #failed(job: Job, { replies }: Turn, error: unknown): Promise<void> {
    const kind = kindOf(error)
    this.#meter.turns.add('failed')
    this.#meter.botFailures.add(kind)
    this.#track.failedBy(kind, placeOf(error))
    this.#log.warn({ err: error, kind, room: job.room.id, seq: job.event.seq }, 'bot failed')
    if (job.room.sandbox) tellFailure(error, { ...job, bot: this.user })
    if (job.awaited && !replies.said()) await this.#excuses.failed(job, kind === 'timeout')
    if (!this.#circuit.failed()) return
    this.#meter.circuits += 1
    this.#log.warn('bot failed too often in a row: it rests a minute')
    await this.#excuses.rests(job)
  }

  /** `ctx.failed`: what the bot could do without. */
  #note({ room, event, lang }: Job, word: string, details: object): void {
    const kind = asKind(word)
    if (room.sandbox) tell(fillSpaced(texts[lang].bots.met, { kind }), room, this.user)
    this.#meter.botFailures.add(kind)
    this.#track.failedBy(kind)
    this.#log.warn({ kind, details, room: room.id, seq: event.seq }, 'bot met a failure')
  }

  #tookMuch(): void {
    this.#track.noted('processor')
    this.#log.warn('bot takes much of the processor: its turns wait')
  }

  /** Work of its own that nobody waits for but `close()`. */
  #aside(work: () => Promise<void>): void {
    const aside = work()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'bot could not take a line up'))
      .finally(() => this.#asides.delete(aside))
    this.#asides.add(aside)
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
