import type { BotRules, RoomFace } from '../chat/face.js'
import { ChatError } from '../errors.js'
import type { Lang } from '../i18n/index.js'
import type { User } from '../protocol.js'
import type { BotDefinition } from './definition.js'
import type { Track } from './track.js'
import type { PostPlace, Voice } from './speaking/voice.js'

export interface ByProgramOptions {
  user: User
  definition: BotDefinition
  voice: Voice
  rules: BotRules
  track: Track
  now: () => number
}

/** What a bot does because a program elsewhere wants it, in rooms where moderators let it. */
export class ByProgram {
  readonly #options: ByProgramOptions

  constructor(options: ByProgramOptions) {
    this.#options = options
  }

  /** It says something. @returns its number; 0: it speaks too fast. @throws {ChatError} */
  async post(
    text: string,
    { called = false, ...where }: PostPlace & { called?: boolean },
  ): Promise<number> {
    const { voice, track, now } = this.#options
    const mode = this.#modeIn(where.room)
    if (mode === 'off' || (mode === 'called' && !called)) throw new ChatError('denied')
    const since = now()
    const seq = await voice.post(text, where)
    if (seq > 0) track.answeredIn(now() - since)
    return seq
  }

  /** It tells one person. @returns false: it speaks too fast. @throws {ChatError} */
  tell(text: string, where: { room: RoomFace; lang: Lang; to: number }): boolean {
    if (this.#modeIn(where.room) === 'off') throw new ChatError('denied')
    return this.#options.voice.tell(text, where)
  }

  /** It puts another text in place of a line of its own. @throws when it may not. */
  revise(message: number, text: string, where: PostPlace & { signal: AbortSignal }): Promise<void> {
    if (this.#modeIn(where.room) === 'off') throw new ChatError('denied')
    return this.#options.voice.revise(message, text, where)
  }

  /** It takes a line back. @throws when it may not. */
  takeBack(message: number, where: { room: RoomFace; lang: Lang }): Promise<void> {
    const { voice, definition } = this.#options
    return voice.takeBack(message, { ...where, moderates: definition.moderates ?? false })
  }

  #modeIn(room: RoomFace) {
    const { rules, user } = this.#options
    return rules.modeOf(room, user.id)
  }
}
