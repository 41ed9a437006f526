import type { AnswerFor, Deliver, Recall, RoomFace, Say, Silence } from '../../chat/face.js'
import { clock as machine, type Clock } from '../../clock.js'
import { BotError } from '../../errors.js'
import { texts, type Lang } from '../../i18n/index.js'
import { note, sayNotes } from '../../i18n/notes.js'
import type { Logger } from '../../log.js'
import type { Answers, EditOptions, MessageContext } from '../../plugin.js'
import type { Card, Ended, Note, NumberedEvent, User } from '../../protocol.js'
import { memberOf } from '../view.js'
import { digest, replyCid } from './cid.js'
import type { Stage } from './draft.js'
import { clean, fit, fits } from './fit.js'
import { LoopBreaker } from './loop-breaker.js'
import { Pace } from './pace.js'

/** So many lines of a program elsewhere wait for their turn in a room; more are refused. */
const WAITING = 20

/** What a bot's message answers. */
export interface Occasion {
  room: RoomFace
  lang: Lang
  /** Who said what is answered. */
  asker: number
  /** Tells what is answered from all else in the room: the event's number, or what stands for it. */
  trigger: number | string
  /** Number of the person's message that it descends from, if that is known yet. */
  cause?: number
  /** Number of what is answered, if it is a message of the room. */
  quotes?: number
  /** The reply's own hop: one more than that of what it answers. */
  hop: number
  signal: AbortSignal
  /** Wait for a turn when it speaks too fast; otherwise what is too much is dropped. */
  patient: boolean
  /** Its host lets it mute people and take their lines back. */
  moderates?: boolean
  /** Told whenever a draft grows: it is not idle. */
  grown?: () => void
}

/** Where something is said that answers no line. */
export interface PostPlace {
  room: RoomFace
  lang: Lang
  /** The same for the same line, however often it comes. */
  key: string
  /** Number of the message that it stands under. */
  quotes?: number
  /** Wait for a turn when it speaks too fast, for as long as this signal lets it. */
  patience?: AbortSignal
}

/** What a room is told of a bot's tools. */
export type ToolNews = Parameters<MessageContext['tools']>[0]

/** How many tools one line names, and how long their names are. */
const TOOLS_NAMED = 8
const TOOL_NAME = 64

/** What who wrote a bot reads when it wants to change a line that is none of its own. */
const TAKES_BACK =
  ': to take back what others said, it needs moderates = yes in its section of config.ini'
const EDITS = ': nobody may edit what others said'

export interface VoiceOptions {
  deliver: Deliver
  /** Without it nothing that was said can be taken back. */
  takeBack?: Recall
  /** Without it nobody can be muted. */
  silence?: Silence
  /** Without it nobody's answer can be given for them. */
  answerFor?: AnswerFor
  log: Logger
  /** Code points of a message (`[limits] message_chars`), 4000 if not given. */
  messageChars?: number
  /** Exchanges that were stopped at the last hop: all who share this tell a room once. */
  stopped: Set<string>
  /** @default the machine's clocks */
  clock?: Clock
}

/** One bot's way to speak: through the same door as people, at its pace, and once for each cause. */
export class Voice {
  readonly #bot: User
  readonly #options: VoiceOptions
  /** Of each room, as long as the room is there. */
  readonly #paces = new WeakMap<RoomFace, Pace>()
  readonly #loops: LoopBreaker
  readonly #now: () => number

  constructor(bot: User, options: VoiceOptions) {
    this.#bot = bot
    this.#options = options
    const { stopped, log, clock = machine } = options
    this.#now = clock.now
    const notice = ({ room, lang }: Occasion, about: string, said: Note) =>
      this.#notice(room, about, said, lang)
    this.#loops = new LoopBreaker({ bot, stopped, notice, log, now: clock.steady })
  }

  /**
   * Says something; resolves when it is durable, or was dropped because it is too much.
   * @param n Which answer to this trigger it is, from 0.
   * @param more `quotes`: the message it stands under, if it quotes one. `card`: choices under it.
   * @returns its number; 0: it was not said.
   * @throws {ChatError} what the door says.
   */
  async say(
    text: string,
    occasion: Occasion,
    n: number,
    { quotes, card }: { quotes?: number; card?: Card } = {},
  ): Promise<number> {
    const data = fit(clean(text), this.#limit, texts[occasion.lang].bots.cut)
    if (data.trim() === '' || (await this.#loops.stops(data, occasion))) return 0
    if (!(await this.#takesTurn(occasion))) return 0
    const more = { ...(quotes !== undefined && { reply_to: quotes }), ...(card && { card }) }
    const { seq } = await this.#options.deliver({ ...this.#line(data, occasion, n), ...more })
    return seq
  }

  /**
   * Says something that answers no line: a program elsewhere had it said.
   * @returns its number; 0: it speaks too fast.
   * @throws {ChatError} what the door says; the reason of its patience's end.
   */
  async post(text: string, { room, lang, key, quotes, patience }: PostPlace): Promise<number> {
    const data = fit(clean(text), this.#limit, texts[lang].bots.cut)
    const pace = this.#paceIn(room)
    if (patience && pace.waiting < WAITING) await pace.wait(patience)
    else if (!pace.take()) return 0
    const cid = replyCid(this.#bot.id, room.id, key, 0)
    const more = quotes === undefined ? {} : { reply_to: quotes }
    const line = { room, user: this.#bot, cid, data, lang, hop: 1, ...more }
    const { seq } = await this.#options.deliver(line)
    return seq
  }

  /**
   * Puts another text in place of a line of its own, which answers nothing: a program elsewhere had it done. It waits
   * for its turn to speak.
   * @throws when it is none of its own; {@link ChatError} what the door says; the signal's reason, when it waited too long.
   */
  async revise(
    message: number,
    text: string,
    { room, lang, key, signal }: PostPlace & { signal: AbortSignal },
  ): Promise<void> {
    await this.#own(message, room)
    const data = fit(clean(text), this.#limit, texts[lang].bots.cut)
    await this.#paceIn(room).wait(signal)
    const cid = replyCid(this.#bot.id, room.id, key, 0)
    await this.#options.deliver({
      room,
      user: this.#bot,
      cid,
      data,
      lang,
      hop: 1,
      edits: message,
    })
  }

  /** Tells one person something that answers no line. @returns false: it speaks too fast. */
  tell(text: string, { room, lang, to }: { room: RoomFace; lang: Lang; to: number }): boolean {
    const data = fit(clean(text), this.#limit, texts[lang].bots.cut)
    if (!this.#paceIn(room).take()) return false
    room.whisper(to, { user: this.#bot, data, cause: 0 })
    return true
  }

  /** Tells who is answered, and nobody else. */
  async whisper(text: string, occasion: Occasion): Promise<void> {
    const { room, asker, cause = 0, lang } = occasion
    const data = fit(clean(text), this.#limit, texts[lang].bots.cut)
    if (data.trim() === '' || !(await this.#takesTurn(occasion))) return
    room.whisper(asker, { user: this.#bot, data, cause })
  }

  /**
   * Puts another text in place of a line of its own.
   * @throws when it is none; {@link ChatError} what the door says.
   */
  async edit(
    message: number,
    { text, card, closed }: EditOptions & { text: string },
    occasion: Occasion,
    n: number,
  ): Promise<void> {
    const { room, lang } = occasion
    await this.#own(message, room, EDITS)
    const data = fit(clean(text), this.#limit, texts[lang].bots.cut)
    if (!(await this.#takesTurn(occasion))) return
    const closing = { ...(card === null && { card }), ...(closed && { closes: closed }) }
    await this.#options.deliver({ ...this.#line(data, occasion, n), edits: message, ...closing })
  }

  /** Takes a line of its own back, or who moderates any. @throws when it may not; {@link ChatError} what the journal says. */
  recall(message: number, { room, lang, moderates = false }: Occasion): Promise<void> {
    return this.takeBack(message, { room, lang, moderates })
  }

  /** The same, without anything that it answers. @throws as `recall`. */
  async takeBack(
    message: number,
    { room, lang, moderates }: { room: RoomFace; lang: Lang; moderates: boolean },
  ): Promise<void> {
    if (!moderates) await this.#own(message, room, TAKES_BACK)
    const cid = `r.${digest(`${this.#bot.id}:${room.id}:${message}`)}`
    await this.#options.takeBack?.({ room, user: this.#bot, cid, message, lang })
  }

  /** How a card of its own stands. @throws when the message is none of its own, or has none. */
  async answers(message: number, { room }: Occasion): Promise<Answers> {
    const { card } = await this.#own(message, room)
    if (!card) throw new Error(`message ${message} of this room has no card`)
    const open = !card.closed && (card.until === undefined || card.until > this.#now())
    const choices = card.choices.map(({ id, label, count }) => ({ id, label, count }))
    if (!card.fields) return { open, people: card.people, choices }
    const forms = (await room.forms?.(message)) ?? []
    const told = forms.map(({ user, values }) => ({ user: memberOf(user), values }))
    return { open, people: card.people, choices, forms: told }
  }

  /** Counts an answer of who is answered to a card of its own. @throws when it may not; {@link ChatError} what the journal says. */
  async answer(message: number, choices: readonly string[], occasion: Occasion, n: number) {
    const { room, asker, trigger, lang } = occasion
    await this.#own(message, room)
    const user = room.members().find(({ id }) => id === asker && id > 0)
    if (!user) throw new Error('ctx.answer: it counts for a person who is in the room')
    const cid = `a.${digest(`${this.#bot.id}:${room.id}:${trigger}:${n}`)}`
    const { id, name, imageid, kind } = user
    const person = { id, name, imageid, kind }
    await this.#options.answerFor?.({ room, user: person, cid, message, choices, lang })
  }

  /** Keeps who is answered from speaking for a while. @returns whether it holds. @throws when it does not moderate. */
  async mute(ms: number, { room, asker, moderates }: Occasion): Promise<boolean> {
    if (!moderates)
      throw new Error('ctx.mute: this needs moderates = yes in its section of config.ini')
    if (asker <= 0) return false
    return (await this.#options.silence?.({ room, by: this.#bot, userId: asker, ms })) ?? false
  }

  typing({ room }: Occasion): void {
    room.typing(this.#bot)
  }

  /** Tells the room which tools it uses, or has to do without. */
  async tools(what: ToolNews, names: readonly string[], occasion: Occasion, n: number) {
    const named = names.map((name) => clean(name).replace(/\s+/g, ' ').trim().slice(0, TOOL_NAME))
    const some = named.filter((name) => name !== '').slice(0, TOOLS_NAMED)
    if (some.length === 0 || !(await this.#takesTurn(occasion))) return
    const { room, lang, trigger } = occasion
    const code = what === 'used' ? 'tools' : 'toolsMissed'
    const said = note(code, { name: this.#bot.name, tools: some.join(', ') })
    await this.#notice(room, `tools:${this.#bot.id}:${room.id}:${trigger}:${n}`, said, lang)
  }

  /** @param rule What it may do with lines that are none of its own, for who wrote it. */
  async #own(message: number, room: RoomFace, rule = ''): Promise<NumberedEvent> {
    const said = await room.bySeq(message)
    const own = said?.type === 'chat' && said.user.id === this.#bot.id && !said.recalled
    if (!own) throw new BotError(`message ${message} of this room is not one of this bot's${rule}`)
    return said
  }

  /**
   * Shows a text that grows; its turn to speak is taken at its beginning.
   * @param n Which answer to this trigger it is, from 0.
   * @param stop Called by who may end it.
   * @returns undefined when it may not speak.
   * @throws {ChatError} `draining`.
   */
  async open(occasion: Occasion, n: number, stop: () => Promise<void>): Promise<Stage | undefined> {
    const { room, cause } = occasion
    if (await this.#loops.isTooFar(occasion)) return undefined
    if (!(await this.#takesTurn(occasion))) return undefined

    const stream = replyCid(this.#bot.id, room.id, occasion.trigger, n)
    const opening = { stream, user: this.#bot, stop, ...(cause !== undefined && { cause }) }
    return {
      growing: room.stream(opening),
      fits: (text) => fits(text, this.#limit),
      keep: (text, ended) => this.#keep(text, ended, occasion, n),
    }
  }

  get #limit(): number {
    return this.#options.messageChars ?? 4_000
  }

  /** @returns false when it speaks too fast to be heard. @throws the signal's reason. */
  async #takesTurn({ room, patient, signal }: Occasion): Promise<boolean> {
    const pace = this.#paceIn(room)
    if (patient) await pace.wait(signal)
    else if (!pace.take()) {
      this.#options.log.warn({ bot: this.#bot.id, room: room.id }, 'bot speaks too fast: dropped')
      return false
    }
    signal.throwIfAborted()
    return true
  }

  #paceIn(room: RoomFace): Pace {
    const known = this.#paces.get(room)
    if (known) return known
    const pace = new Pace()
    this.#paces.set(room, pace)
    return pace
  }

  async #keep(text: string, ended: Ended, occasion: Occasion, n: number): Promise<boolean> {
    const data = fit(clean(text), this.#limit, '…')
    if (await this.#loops.repeats(data, occasion)) return false
    try {
      await this.#options.deliver({ ...this.#line(data, occasion, n), ended })
      return true
    } catch (error) {
      const about = { err: error, bot: this.#bot.id, room: occasion.room.id }
      this.#options.log.warn(about, 'a draft could not be kept')
      throw error
    }
  }

  #line(data: string, { room, lang, cause, hop, trigger }: Occasion, n: number): Say {
    const cid = replyCid(this.#bot.id, room.id, trigger, n)
    const line = { room, user: this.#bot, cid, data, lang, hop }
    return cause === undefined ? line : { ...line, cause }
  }

  async #notice(room: RoomFace, about: string, said: Note, lang: Lang): Promise<void> {
    const notes = [said]
    const data = sayNotes(notes, lang)
    await room.notice({ user: this.#bot, cid: `n.${digest(about)}`, data, notes })
  }
}
