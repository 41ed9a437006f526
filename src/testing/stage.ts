import { cardAfter, tallyOf, withAnswer } from '../card.js'
import { mentionsIn, Names, type Called } from '../calls.js'
import type { Delivered, Notice, RoomFace, Say, StreamOpening } from '../chat/face.js'
import { ChatError } from '../errors.js'
import type { Card, Ended, FormValues, NumberedEvent, User } from '../protocol.js'

/** What somebody saw that is no line of the room. */
export interface Aside {
  to: string
  by: string
  text: string
}

export interface StageOptions {
  /** @default 'lobby' */
  name?: string
  /** What was said there goes on. */
  before?: Stage
  /** Who are members of it. */
  bots: () => readonly User[]
  /** Whom a text can call by `@name`, beside the people who are here. */
  called?: () => readonly Called[]
  /** Told of each event once it stands. */
  heard?: (event: NumberedEvent) => void
  /** Told of what one person reads alone. */
  whispered?: (aside: Aside) => void
}

/** A room without sockets and without a disk: it numbers what is said and keeps it in present form. */
export class Stage implements RoomFace {
  readonly id = 1
  readonly name: string
  readonly title: string
  readonly events: NumberedEvent[]
  readonly whispers: Aside[]
  readonly notices: string[]
  /** Who showed that they write. */
  readonly writing: string[] = []
  /** Drafts that go on, by the cid of the message that they become. */
  readonly drafts = new Map<string, { by: string; text: string }>()
  /** People who are in it. */
  readonly here = new Map<number, User>()
  /** Who was muted, by id, and for how long in milliseconds. */
  readonly mutes = new Map<number, number>()
  /** What was chosen, in the order of its coming. */
  #chosen: { message: number; choice: string; userId: number }[]
  /** What was written into forms, by message and person. */
  readonly #forms: Map<number, Map<number, { user: User; form: string }>>
  /** Grows with all that happens here. */
  moves = 0
  readonly #options: StageOptions

  constructor(options: StageOptions) {
    const { name = 'lobby', before } = options
    this.name = name
    this.title = name
    this.#options = options
    this.events = [...(before?.events ?? [])]
    this.#chosen = [...(before ? before.#chosen : [])]
    this.#forms = before ? before.#forms : new Map()
    this.whispers = [...(before?.whispers ?? [])]
    this.notices = [...(before?.notices ?? [])]
  }

  members = (): User[] => [...this.#options.bots(), ...this.here.values()]
  people = (): number => this.here.size
  company = this.people
  history = async (count: number): Promise<NumberedEvent[]> =>
    count > 0 ? this.events.filter(({ type }) => type === 'chat').slice(-count) : []
  bySeq = async (seq: number): Promise<NumberedEvent | undefined> => this.#chat(seq)

  calls = (text: string): readonly number[] => {
    const people = [...this.here.values()].map(({ id, name }) => ({ id, names: [name] }))
    return [...mentionsIn(text, [new Names([...people, ...(this.#options.called?.() ?? [])])])]
  }

  notice = async ({ user, cid, data, notes }: Notice): Promise<Delivered> => {
    this.notices.push(data)
    return this.#append({ type: 'notice', user, cid, data, notes })
  }

  whisper = (to: number, { user, data }: { user: User; data: string }): void => {
    this.moves += 1
    const name = this.here.get(to)?.name
    if (name === undefined) return
    const aside = { to: name, by: user.name, text: data }
    this.whispers.push(aside)
    this.#options.whispered?.(aside)
  }

  typing = ({ name }: User): void => {
    this.moves += 1
    this.writing.push(name)
  }

  stream = ({ stream, user }: StreamOpening) => {
    this.drafts.set(stream, { by: user.name, text: '' })
    return {
      show: (text: string) => {
        this.moves += 1
        if (this.drafts.has(stream)) this.drafts.set(stream, { by: user.name, text })
      },
      drop: (_ended: Ended) => {
        this.moves += 1
        this.drafts.delete(stream)
      },
    }
  }

  /** Keeps what came through the door; the same cid of the same author is one message. */
  store = async (say: Say, data: string): Promise<Delivered> => {
    const { user, cid, edits, reply_to, cause, hop, ended, card, closes } = say
    const known = this.events.find((event) => event.cid === cid && event.user.id === user.id)
    if (known) return { seq: known.seq, at: known.at, dup: true }
    if (edits !== undefined) {
      const said = this.#chat(edits)
      const closing = { ...(card === null && { card }), ...(closes && { closed: closes }) }
      const after = cardAfter(said?.card, closing)
      Object.assign(said ?? {}, { data, edited: Date.now(), card: after })
      return this.#append({ type: 'edit', user, cid, data, message: edits, ...closing })
    }
    this.drafts.delete(cid)
    const mentions = this.calls(data)
    return this.#append({
      type: 'chat',
      user,
      cid,
      data,
      ...(mentions.length > 0 && { mentions: [...mentions] }),
      ...(reply_to !== undefined && { reply_to }),
      ...(cause !== undefined && { cause }),
      ...(hop !== undefined && { hop }),
      ...(card && { card }),
      ...(ended !== undefined && { stream: cid, ended }),
    })
  }

  /** Somebody chooses something. @throws {ChatError} `closed`, `expired`, `no_such_choice`. */
  answer = async (
    user: User,
    cid: string,
    message: number,
    { choices, values }: { choices: readonly string[]; values?: FormValues },
  ) => {
    const said = this.#chat(message)
    const form = values && JSON.stringify(values)
    const formBefore = this.#forms.get(message)?.get(user.id)?.form
    const given = this.#chosen.filter((one) => one.message === message)
    const before = given.filter(({ userId }) => userId === user.id).map(({ choice }) => choice)
    const card = withAnswer(said?.card, {
      userId: user.id,
      chosen: choices,
      before,
      ...(form !== undefined && { form }),
      ...(formBefore !== undefined && { formBefore }),
      now: Date.now(),
      others: (id) =>
        given.filter((one) => one.choice === id && one.userId !== user.id).map((one) => one.userId),
    })
    if (card === 'unchanged') return
    if (typeof card === 'string') throw new ChatError(card)
    this.#choose(user.id, message, choices)
    Object.assign(said ?? {}, { card })
    const told = { choices: [...choices], ...tallyOf(card) }
    if (form !== undefined) this.#keepForm(message, user, form)
    this.#append({
      type: 'answer',
      user,
      cid,
      data: '',
      message,
      ...told,
      ...(values && { form: values }),
    })
  }

  forms = async (message: number) =>
    [...(this.#forms.get(message)?.values() ?? [])].map(({ user, form }) => ({
      user,
      values: JSON.parse(form) as FormValues,
    }))

  #keepForm(message: number, user: User, form: string): void {
    const forms = this.#forms.get(message) ?? new Map<number, { user: User; form: string }>()
    this.#forms.set(message, forms.set(user.id, { user, form }))
  }

  /** How the card of a message stands. */
  card = (message: number): Card | undefined => this.#chat(message)?.card ?? undefined

  /** Takes a message back. */
  takeBack = async (user: User, cid: string, message: number): Promise<void> => {
    Object.assign(this.#chat(message) ?? {}, { data: '', recalled: true, card: undefined })
    this.#append({ type: 'recall', user, cid, data: '', message })
  }

  #choose(userId: number, message: number, choices: readonly string[]): void {
    const isTheirs = (one: { message: number; userId: number }) =>
      one.message === message && one.userId === userId
    const stays = this.#chosen.filter((one) => !isTheirs(one) || choices.includes(one.choice))
    const had = new Set(stays.filter(isTheirs).map(({ choice }) => choice))
    const come = choices.filter((choice) => !had.has(choice))
    this.#chosen = [...stays, ...come.map((choice) => ({ message, choice, userId }))]
  }

  #chat(seq: number): NumberedEvent | undefined {
    return this.events.find((event) => event.seq === seq && event.type === 'chat')
  }

  #append(event: Omit<NumberedEvent, 'id' | 'seq' | 'room' | 'at'>): Delivered {
    this.moves += 1
    const seq = this.events.length + 1
    const whole = { ...event, id: seq, seq, room: this.name, at: Date.now() }
    this.events.push(whole)
    this.#options.heard?.(structuredClone(whole))
    return { seq, at: whole.at, dup: false }
  }
}
