import type { BotRoom, BotRules, RoomFace } from '../chat/face.js'
import { clock as machine, type Clock } from '../clock.js'
import type { Lang, Sentence } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import type { BotInfo, NumberedEvent, User } from '../protocol.js'
import { aboutBot, restFor, type Asking } from './about.js'
import { Answering, WAITING } from './answering.js'
import { ByProgram } from './by-program.js'
import { edited, isFor, TakenBack } from './changed.js'
import type { BotDefinition } from './definition.js'
import { Excuses } from './excuses.js'
import { callIn } from './hearing/calling.js'
import { isForAnother, type Overheard } from './hearing/hearing.js'
import { heed, heedFound, type Heeded, type Hearing, type Unsure } from './hearing/heed.js'
import { wokenBy } from './hearing/woken.js'
import type { Values } from './keep.js'
import type { Voice } from './speaking/voice.js'
import { Track } from './track.js'
import type { Job } from './turn.js'
import { AT_HAND } from './view.js'

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
  /** @default the machine's clocks */
  clock?: Clock
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

/** One bot, a member of rooms: decides what it hears, and takes up what it is to answer. */
export class Bot {
  readonly user: User
  readonly definition: BotDefinition
  readonly byProgram: ByProgram
  readonly #voice: Voice
  readonly #rules: BotRules
  readonly #log: Logger
  readonly #clock: Clock
  readonly #random: () => number
  readonly #track: Track
  readonly #excuses: Excuses
  readonly #answering: Answering
  /** Lines of which it is not known yet whether they are for this bot. */
  readonly #unsure = new Set<Line>()
  /** What it does beside answering. */
  readonly #asides = new Set<Promise<void>>()
  #closed = false
  #retired = false

  constructor(options: BotOptions) {
    const { definition, user, voice, values, rules, log, meter, random, before } = options
    const { clock = machine } = options
    this.user = user
    this.definition = definition
    this.#rules = rules
    this.#voice = before ? before.#voice : voice
    this.#track = before ? before.#track : new Track(clock.now)
    this.#track.renewed()
    this.#log = log.child({ bot: user.id, plugin: `bot:${definition.name}` })
    this.#clock = clock
    this.#random = random ?? Math.random

    this.byProgram = new ByProgram({
      user,
      definition,
      rules,
      voice: this.#voice,
      track: this.#track,
      now: clock.steady,
    })
    this.#excuses = new Excuses({ user, voice: this.#voice, log: this.#log })
    this.#answering = new Answering({
      user,
      definition,
      voice: this.#voice,
      values,
      rules,
      excuses: this.#excuses,
      track: this.#track,
      log: this.#log,
      meter,
      now: clock.steady,
    })
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
    const heeded = heed(this.user.id, this.#hearingIn(room, heard), heard, this.#random)
    if (heeded === undefined) return
    const mustAnswer = onlyCalls && call === 'answer'
    if ('trigger' in heeded && !mustAnswer) this.#take(line, heeded)
    else
      this.#aside(() =>
        this.#whileUnsure(line, () => this.#lookUp(line, heard, { heeded, mustAnswer })),
      )
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
      const since = this.#clock.steady()
      this.#offer({ event, room, lang, trigger, args: '', awaited: false, since })
    })
  }

  /** Its time has come, in this room. */
  tick(room: RoomFace, lang: Lang): void {
    this.#wake('timer', this.user, room, lang)
  }

  /** Takes note of what becomes of lines: an edited one is answered as it reads now, a recalled one not at all. */
  change(event: NumberedEvent, room: RoomFace): void {
    const { type, message, user } = event
    if (type === 'edit') this.#answering.change(room, (job) => edited(job, event))
    if (type === 'recall' && message !== undefined)
      this.#forget(room, message, { byItself: user.id === this.user.id })
  }

  /** It is turned off in a room: it stops there what it does, and what it was writing ends as it is. */
  hush(room: RoomFace): void {
    for (const line of this.#unsure) if (line.room.id === room.id) this.#unsure.delete(line)
    this.#answering.drop(room, () => true, new TakenBack('the bot was turned off in this room'))
  }

  /** What members of a room may know of it; its host more, and of all rooms. */
  about(room: RoomFace | undefined, who: Asking): BotInfo {
    const { user, definition } = this
    const state = this.#answering.stateIn(room?.id)
    const about = { user, definition, track: this.#track, state, log: this.#log }
    return aboutBot(about, room, who)
  }

  /** What it does now, in whichever room. */
  get state(): BotInfo['state'] {
    return this.#answering.state
  }

  /** What is left for somebody in one of its rooms. */
  restFor(room: RoomFace, person: number | undefined): Promise<Pick<BotInfo, 'rest'>> {
    return restFor({ definition: this.definition, log: this.#log }, room, person)
  }

  /** What its author should know of it. */
  broken(sentence: Sentence, kind?: 'broken' | 'worker'): void {
    this.#track.broken(sentence, kind)
  }

  /** Hears nothing more, and gives away what waits. Drafts end where they are; what runs otherwise goes on. */
  retire(): Job[] {
    this.#retired = true
    return this.#answering.retire()
  }

  /** Takes up what was given away. */
  takeUp(jobs: readonly Job[]): void {
    for (const job of jobs) this.#offer(job)
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    do {
      await Promise.all(this.#asides) // one of them may still take a line up
      await this.#answering.idle()
    } while (this.#asides.size > 0)
  }

  /** Resolves when nothing runs. @param limit After so many milliseconds what still runs is stopped. */
  async finished(limit: number): Promise<void> {
    const late = setTimeout(() => this.#answering.stop(new Error('the bot was taken away')), limit)
    try {
      await this.idle()
    } finally {
      clearTimeout(late)
    }
  }

  /** Stops what runs, drops what waits, and waits for the rest. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([this.#answering.close(), ...this.#asides])
  }

  /** Where bots are tried, one without triggers hears every line that is not for another. */
  #hearingIn(room: RoomFace, heard: Overheard): Hearing {
    const tried = room.sandbox && !isForAnother(this.user.id, heard)
    return tried ? { ...this.definition, hear: 'all' } : this.definition
  }

  #listensTo(user: User): boolean {
    if (user.id === this.user.id) return false
    return user.kind === 'person' || this.definition.hearBots
  }

  /** Until it is known whether the line is for this bot, it may be taken back; also when that cannot be found out. */
  async #whileUnsure(line: Line, look: () => Promise<void>): Promise<void> {
    this.#unsure.add(line)
    try {
      await look()
    } finally {
      this.#unsure.delete(line)
    }
  }

  /** An answer to one of its own lines is meant for it, called by name or not; an expression takes its time. */
  async #lookUp(line: Line, heard: Overheard, { heeded, mustAnswer }: Doubt): Promise<void> {
    const { event, room } = line
    const { author, match } = 'trigger' in heeded ? { author: true, match: false } : heeded
    const matched = match ? await this.definition.matches?.(event.data) : undefined
    const lines = mustAnswer || (author && !matched) ? await room.history(AT_HAND) : []
    const answered = lines.find(({ seq }) => seq === event.reply_to)?.user
    if (!this.#unsure.has(line) || (mustAnswer && answered?.id !== this.user.id)) return
    if ('trigger' in heeded) return this.#take(line, heeded)
    const found = { ...(matched && { match: matched }), ...(answered && { author: answered }) }
    const sure = heedFound(this.user.id, this.#hearingIn(room, heard), heard, found, this.#random)
    if (sure) this.#take(line, sure)
  }

  /** @param byItself Whether it took the line back itself: then it knows, and may still mute its author or tell them why. */
  #forget(room: RoomFace, message: number, { byItself }: { byItself: boolean }): void {
    const isGone = (work: Pick<Job, 'event' | 'room'>) =>
      work.room.id === room.id && isFor(work, message)
    for (const line of this.#unsure) if (isGone(line)) this.#unsure.delete(line)
    if (byItself) this.#answering.change(room, (job) => (isGone(job) ? undefined : job))
    else this.#answering.drop(room, isGone)
  }

  /** Something that is no line. */
  #wake(kind: 'join' | 'left' | 'timer', user: User, room: RoomFace, lang: Lang): void {
    if (this.#closed || this.#retired) return
    if (this.#rules.modeOf(room, this.user.id) !== 'active') return // nobody called it
    const { event, ...woken } = wokenBy(kind, { user, room, at: this.#clock.now() })
    this.#offer({ event, room, lang, ...woken, since: this.#clock.steady() })
  }

  #take({ event, room, lang }: Line, heeded: Heeded): void {
    if (this.#closed) return
    const job = { event, room, lang, ...heeded, since: this.#clock.steady() }
    this.#offer(job)
  }

  #offer(job: Job): void {
    if (this.#answering.offer(job) || !job.awaited) return
    this.#aside(() => this.#excuses.busy(job, WAITING))
  }

  /** Work of its own that nobody waits for but `close()`. */
  #aside(work: () => Promise<void>): void {
    const aside = work()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'bot could not take a line up'))
      .finally(() => this.#asides.delete(aside))
    this.#asides.add(aside)
  }
}
