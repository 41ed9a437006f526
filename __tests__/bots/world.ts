import { pino } from 'pino'
import { mentionsIn, Names, type Called } from '../../src/calls.js'
import type { Delivered, RoomFace, Say, Notice, StreamOpening } from '../../src/chat/face.js'
import type { Logger } from '../../src/log.js'
import type { Ended, NumberedEvent, User } from '../../src/protocol.js'

/** Stand-ins of the chat for the bots and plugins: a room that numbers what is said, and people. */

export const person = (name: string, id: number): User => ({
  id,
  name,
  imageid: '1',
  kind: 'person',
})

export const ada = person('ada', 1)
export const grace = person('grace', 2)

/** Gives ids to bots as the store does: 0 for the first, then −1, −2 … */
export function identities() {
  const users = new Map<string, User>()
  return async (name: string, first: boolean): Promise<User> => {
    const known = users.get(name)
    if (known) return known
    const id = first ? 0 : -1 - [...users.values()].filter(({ id }) => id < 0).length
    const user: User = { id, name, imageid: 'bot', kind: 'bot' }
    users.set(name, user)
    return user
  }
}

export class TestRoom implements RoomFace {
  readonly id: number
  readonly title = ''
  readonly name: string
  readonly events: NumberedEvent[] = []
  /** `bird to 1: words` */
  readonly whispers: string[] = []
  /** Who showed that they write. */
  readonly writing: string[] = []
  readonly notices: { by: User; cid: string; text: string }[] = []
  /** What was shown while it grew, by stream: each text as it stood, last of all how it was dropped. */
  readonly shown = new Map<string, string[]>()
  /** Streams that go on. */
  readonly running = new Map<string, StreamOpening>()
  here: User[] = [ada]
  /** Whom a text can call, as the chat asks it of the bots. */
  called: (room: string) => Called[] = () => []
  calls = (text: string) => [...mentionsIn(text, [new Names(this.called(this.name))])]
  /** Told of each line when it is stored. */
  heard: (event: NumberedEvent) => void = () => undefined
  readonly #awaited = new Set<() => void>()

  constructor(name = 'lobby', id = 7) {
    this.name = name
    this.id = id
  }

  members = () => this.here
  people = () => this.here.filter(({ kind }) => kind === 'person').length
  company = this.people
  history = async (count: number) => this.events.slice(-count)

  notice = async ({ user: by, cid, data: text }: Notice): Promise<Delivered> => {
    this.notices.push({ by, cid, text })
    this.#tell()
    return { seq: this.notices.length, at: 1_700_000_000_000, dup: false }
  }

  stream = (opening: StreamOpening) => {
    const texts: string[] = []
    this.shown.set(opening.stream, texts)
    this.running.set(opening.stream, opening)
    return {
      show: (text: string) => {
        texts.push(text)
        this.#tell()
      },
      drop: (ended: Ended) => {
        if (!this.running.delete(opening.stream)) return
        texts.push(`dropped: ${ended}`)
        this.#tell()
      },
    }
  }

  bySeq = async (seq: number) => this.events.find((event) => event.seq === seq)

  whisper = (to: number, { user, data }: { user: User; data: string }) => {
    this.whispers.push(`${user.name} to ${to}: ${data}`)
    this.#tell()
  }

  typing = ({ name }: User) => {
    this.writing.push(name)
    this.#tell()
  }

  /** Takes a line back, as the journal does. */
  takeBack = async ({ message }: { message: number }): Promise<void> => {
    const event = this.events.find(({ seq }) => seq === message)
    if (event) Object.assign(event, { data: '', recalled: true })
    this.#tell()
  }

  /** Stores a line, as the journal does: the same cid of the same author once. */
  store = async (say: Omit<Say, 'room' | 'lang'>): Promise<Delivered> => {
    const known = this.events.find(({ cid, user }) => cid === say.cid && user.id === say.user.id)
    if (known) return { seq: known.seq, at: known.at, dup: true }
    const { user, cid, data, reply_to, edits, cause, hop, ended } = say
    const edited = edits === undefined ? undefined : await this.bySeq(edits)
    if (edited) {
      Object.assign(edited, { data, edited: 1_700_000_000_000 })
      this.#tell()
      return { seq: edited.seq, at: edited.at, dup: false }
    }
    const seq = this.events.length + 1
    this.running.delete(cid)
    const mentions = this.calls(data)
    const event: NumberedEvent = {
      type: 'chat',
      id: seq,
      seq,
      room: this.name,
      at: 1_700_000_000_000 + seq,
      user,
      data,
      cid,
      ...(mentions.length > 0 && { mentions }),
      ...(reply_to !== undefined && { reply_to }),
      ...(cause !== undefined && { cause }),
      ...(hop !== undefined && { hop }),
      ...(ended !== undefined && { stream: cid, ended }),
    }
    this.events.push(event)
    this.heard(event)
    this.#tell()
    return { seq, at: event.at, dup: false }
  }

  lines = (): string[] => this.events.map(({ user, data }) => `${user.name}: ${data}`)

  /** Resolves once something has come about. */
  async until(come: () => boolean): Promise<void> {
    while (!come()) await new Promise<void>((resolve) => this.#awaited.add(resolve))
  }

  #tell(): void {
    for (const resolve of this.#awaited) resolve()
    this.#awaited.clear()
  }
}

/** A log that can be waited for: `said('…')` resolves when a line with this message is written, so many times. */
export function testLog(): {
  log: Logger
  said: (message: string, times?: number) => Promise<void>
  lines: string[]
  entries: Record<string, unknown>[]
} {
  const lines: string[] = []
  const entries: Record<string, unknown>[] = []
  const waiting = new Set<() => void>()
  const log = pino(
    { level: 'debug' },
    {
      write(line: string) {
        const entry = JSON.parse(line) as { msg: string }
        const { msg } = entry
        entries.push(entry)
        lines.push(msg)
        for (const look of waiting) look()
      },
    },
  )
  const said = (message: string, times = 1) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (lines.filter((line) => line === message).length >= times) resolve()
      }
      waiting.add(look)
      look()
    })
  return { log, said, lines, entries }
}
