import type { User } from '../protocol.js'

/** Everybody who ever was on a stage, under the ids that a store would give them. */
export class Cast {
  readonly #people = new Map<string, User>()
  readonly #bots = new Map<string, User>()

  person(name: string): User {
    const known = this.#people.get(name)
    const id = this.#people.size + 1
    const user = known ?? { id, name, imageid: '1', kind: 'person' }
    this.#people.set(name, user)
    return user
  }

  /** 0 for the first bot, then −1, −2 … */
  bot(name: string, first: boolean): User {
    const known = this.#bots.get(name)
    const others = [...this.#bots.values()].filter(({ id }) => id < 0)
    const id = first ? 0 : -1 - others.length
    const user = known ?? { id, name, imageid: 'bot', kind: 'bot' }
    this.#bots.set(name, user)
    return user
  }
}
