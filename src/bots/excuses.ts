import { fill, fillSpaced, texts } from '../i18n/index.js'
import { note, sayNotes } from '../i18n/notes.js'
import type { Logger } from '../log.js'
import type { Unheard } from '../chat/face.js'
import type { User } from '../protocol.js'
import { occasionOf, type Job } from './turn.js'
import { digest } from './speaking/cid.js'
import type { Voice } from './speaking/voice.js'

/** Which answer to a line it is when the bot did not get to say one. */
const EXCUSE = -1

const never = new AbortController().signal

/** What the server says in a bot's name to whoever waits for an answer that will not come; each thing once in a room. */
export class Excuses {
  readonly #user: User
  readonly #voice: Voice
  readonly #log: Logger
  /** Rooms that know already that it is busy, or that it rests. */
  readonly #toldBusy = new Set<number>()
  readonly #toldRest = new Set<number>()

  constructor({ user, voice, log }: { user: User; voice: Voice; log: Logger }) {
    this.#user = user
    this.#voice = voice
    this.#log = log
  }

  /** @param waiting So many messages wait already. */
  async busy(job: Job, waiting: number): Promise<void> {
    const { room, lang } = job
    if (this.#toldBusy.has(room.id)) return
    this.#toldBusy.add(room.id)
    await this.#say(job, fill(texts[lang].bots.busy, { waiting }))
  }

  async failed(job: Job, late: boolean): Promise<void> {
    const words = texts[job.lang].bots
    await this.#say(job, late ? words.late : words.failed)
  }

  async rests({ room, lang, event, awaited }: Job): Promise<void> {
    if (!awaited || this.#toldRest.has(room.id)) return
    this.#toldRest.add(room.id)
    const cid = `n.${digest(`rest:${this.#user.id}:${room.id}:${event.seq}`)}`
    const notes = [note('rests', { name: this.#user.name })]
    const data = sayNotes(notes, lang)
    try {
      await room.notice({ user: this.#user, cid, data, notes })
    } catch (error) {
      this.#log.warn({ err: error, room: room.id }, 'the rest of a bot could not be told')
    }
  }

  /** Somebody called it whom the room does not let call it: they alone are told. */
  refused({ event, room, lang }: Pick<Job, 'event' | 'room' | 'lang'>, why: Unheard): void {
    const data = fillSpaced(texts[lang].bots[why], { name: this.#user.name })
    room.whisper(event.user.id, { user: this.#user, data, cause: event.seq })
  }

  /** It has time in this room again. */
  free(room: number): void {
    this.#toldBusy.delete(room)
  }

  /** It answered: should it fail again, everybody is told anew. */
  well(): void {
    this.#toldRest.clear()
  }

  /** A line of the server's in the bot's name. */
  async #say(job: Job, text: string): Promise<void> {
    try {
      await this.#voice.say(text, occasionOf(job, { signal: never, patient: false }), EXCUSE)
    } catch (error) {
      this.#log.warn({ err: error, room: job.room.id }, 'an excuse could not be said')
    }
  }
}
