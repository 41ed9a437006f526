import { LRUCache } from 'lru-cache'
import type { Port } from '../../bots/port.js'
import type { RoomFace } from '../../chat/face.js'
import type { NumberedEvent } from '../../protocol.js'
import type { Numbers } from '../numbers.js'

/** So many lines are remembered under which name they were sent. */
const NAMES = 1_000

/** Where a line that was sent stands. */
export interface Sent {
  event: NumberedEvent
  room: RoomFace
}

/**
 * The messages of a hook, as Discord's clients ask for them, edit them and take them back
 * (https://discord.com/developers/docs/resources/webhook#get-webhook-message).
 */
export class Messages {
  readonly #bot: string
  readonly #port: Port
  readonly #numbers: Numbers
  /** The name in front of a line is its sender's, and stays when the sender edits what follows. */
  readonly #names = new LRUCache<string, string>({ max: NAMES })

  constructor(bot: string, { port, numbers }: { port: Port; numbers: Numbers }) {
    this.#bot = bot
    this.#port = port
    this.#numbers = numbers
  }

  /** @param as The name that was put in front of it. */
  async tell({ event, room }: Sent, as?: string): Promise<object> {
    const id = String(await this.#numbers.of({ roomId: room.id, seq: event.seq }))
    if (as !== undefined) this.#names.set(id, as)
    const before = headed('', this.#names.get(id))
    return {
      id,
      type: 0,
      channel_id: String(room.id),
      content: event.data.startsWith(before) ? event.data.slice(before.length) : event.data,
      author: {
        id: String(event.user.id),
        username: this.#names.get(id) ?? event.user.name,
        bot: true,
      },
      timestamp: new Date(event.at).toISOString(),
      edited_timestamp: event.edited === undefined ? null : new Date(event.edited).toISOString(),
      ...NOTHING,
    }
  }

  /** @returns undefined: this hook has no such message. */
  async find(id: string): Promise<Sent | undefined> {
    const place = /^\d{1,10}$/.test(id) ? this.#numbers.placeOf(Number(id)) : undefined
    const room = place && (await this.#port.roomById(this.#bot, place.roomId))
    const event = place && (await room?.bySeq(place.seq))
    const isOwn = event?.type === 'chat' && event.user.id === this.#port.self(this.#bot)?.id
    return room && event && isOwn && !event.recalled ? { room, event } : undefined
  }

  /** Puts other words in its place; the name in front of it stays. */
  async edit(id: string, { room, event }: Sent, words: string, key: string): Promise<void> {
    const text = headed(words, this.#names.get(id))
    await this.#port.edit(this.#bot, { room: room.name, seq: event.seq, text, key })
  }

  async takeBack({ room, event }: Sent): Promise<void> {
    await this.#port.recall(this.#bot, { room: room.name, seq: event.seq })
  }
}

/** Words with the name of who sends them above. */
export const headed = (words: string, name: string | undefined): string =>
  name === undefined ? words : `**${name}**\n${words}`

/** What Discord's messages have and ours do not; its clients look for some of it. */
const NOTHING = {
  embeds: [],
  attachments: [],
  mentions: [],
  mention_roles: [],
  mention_everyone: false,
  pinned: false,
  tts: false,
}
