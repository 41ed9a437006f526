import { forgetful, keep, type Values } from '../../bots/keep.js'
import { openReplies, type Replies } from '../../bots/speaking/replies.js'
import { Voice, type Occasion } from '../../bots/speaking/voice.js'
import type { AnswerFor, Deliver, Recall, Silence } from '../../chat/face.js'
import type { Clock } from '../../clock.js'
import type { Logger } from '../../log.js'
import type { BotValues } from '../../plugin.js'
import type { User } from '../../protocol.js'
import type { Line } from './line.js'

/** The way into the rooms, there once the chat is. */
export interface Door {
  deliver: Deliver
  takeBack?: Recall
  silence?: Silence
  answerFor?: AnswerFor
  /** The bot of this name in the store. */
  identify: (name: string, first: boolean) => Promise<User>
  /** Where plugins keep their values; without it they are gone with the program. */
  values?: Values
  /** Code points of a message (`[limits] message_chars`). */
  messageChars?: number
  /** @default the machine's clocks */
  clock?: Clock
}

/** A section that speaks. */
export interface Speaking {
  name: string
  /** Its host lets it mute people and take their lines back. */
  moderates: boolean
}

/** Lets a plugin that is no bot reply: as a bot named after its section, made when it first speaks. */
export class Speaker {
  readonly #log: Logger
  readonly #voices = new Map<string, Promise<Voice>>()
  readonly #stopped = new Set<string>()
  readonly #forgetful = forgetful()
  #door: Door | undefined

  constructor(log: Logger) {
    this.#log = log
  }

  open(door: Door): void {
    this.#door = door
  }

  /** The answers of a section to a line: all its middleware share them, so that each has a number of its own. */
  repliesTo(line: Line, { name: section, moderates }: Speaking): Replies {
    const known = line.replies.get(section)
    if (known) return known
    const replies = openReplies(
      () => this.#voice(section),
      () => ({ ...occasion(line), moderates }),
    )
    line.replies.set(section, replies)
    return replies
  }

  /** What a section keeps in the room of a line. */
  storeOf({ say }: Line, { name: section }: Speaking): BotValues {
    return keep(this.#door?.values ?? this.#forgetful, async () => {
      const { id: botId } = await this.#opened().identify(section, false)
      return { botId, roomId: say.room.id }
    })
  }

  #voice(section: string): Promise<Voice> {
    const known = this.#voices.get(section)
    if (known) return known
    const voice = this.#introduce(section)
    this.#voices.set(section, voice)
    voice.catch(() => this.#voices.delete(section)) // asked again at the next reply
    return voice
  }

  async #introduce(section: string): Promise<Voice> {
    const door = this.#opened()
    const user = await door.identify(section, false)
    return new Voice(user, { ...door, log: this.#log, stopped: this.#stopped })
  }

  #opened(): Door {
    if (!this.#door) throw new Error('ctx.reply: the rooms are not open yet')
    return this.#door
  }
}

const never = new AbortController().signal

/** Before the line has its number, the sender's cid stands for it. */
function occasion({ say, delivered }: Line): Occasion {
  const cause = say.cause ?? say.edits ?? delivered?.seq
  return {
    room: say.room,
    lang: say.lang,
    asker: say.user.id,
    trigger: delivered ? `after:${delivered.seq}` : `before:${say.user.id}:${say.cid}`,
    hop: (say.hop ?? 0) + 1,
    signal: never,
    patient: false,
    ...(cause !== undefined && { cause }),
    ...(delivered && { quotes: delivered.seq }),
  }
}
