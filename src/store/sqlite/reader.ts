import type { AskBoth } from '../own-rooms.js'
import type { AskWritten } from '../written.js'
import { Thread, type ThreadOptions } from './thread.js'
import { Turns } from './turns.js'

/** The connection that reads. Its thread begins with the first question. */
export class Reader {
  /** For questions; a transaction has its turn alone. */
  readonly turns = new Turns()
  readonly #options: ThreadOptions
  #thread: Promise<Thread> | undefined

  constructor(options: ThreadOptions) {
    this.#options = options
  }

  readonly thread = (): Promise<Thread> => {
    this.#thread ??= Thread.open(this.#options).catch((error: unknown) => {
      this.#thread = undefined // whoever asks next tries again
      throw error
    })
    return this.#thread
  }

  /** Rows of events, written as a page in the thread. */
  readonly ask: AskWritten = async (query, how) => {
    const { sql, parameters } = query.compile()
    const thread = await this.thread()
    return this.turns.beside(() => thread.page(sql, parameters, how))
  }

  /** Two questions, answered as of one moment. */
  readonly askBoth: AskBoth = async (one, other) => {
    const questions = [one, other].map((asked) => {
      const { sql, parameters } = asked.compile()
      return { sql, parameters }
    })
    const thread = await this.thread()
    const [ones = [], others = []] = await this.turns.beside(() => thread.moment(questions))
    return [ones, others]
  }

  async close(): Promise<void> {
    const thread = await this.#thread?.catch(() => undefined)
    await this.turns.run(async () => thread?.close())
  }
}
