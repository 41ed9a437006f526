import { setTimeout as wait } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'

/** Of all lines; kills alone seldom hit the moment between commit and ack. */
const LOST_ACKS = 0.01
export const LOST_WITHIN_MS = 5

/** Somebody says something at the given rate, whoever's turn it is, connected or not. */
export class Talk {
  #timer
  #said = 0

  constructor(people, rate, { drops = true } = {}) {
    this.people = people
    this.rate = rate
    this.drops = drops
  }

  begin() {
    const begun = performance.now()
    this.#timer = setInterval(() => {
      const due = ((performance.now() - begun) / 1_000) * this.rate
      for (; this.#said < due; this.#said++) this.#say(this.people[this.#said % this.people.length])
    }, 5)
  }

  end() {
    clearInterval(this.#timer)
  }

  /** Now and then the connection breaks before the answer can be there: the line is stored, its ack lost. */
  #say(person) {
    person.says(`line ${this.#said}`)
    if (this.drops && Math.random() < LOST_ACKS)
      setTimeout(() => person.drop(), Math.random() * LOST_WITHIN_MS)
  }
}

/** Resolves as soon as it is so. @throws {Error} after `within` ms. */
export async function until(condition, what, within = 30_000) {
  const end = performance.now() + within
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`)
    await wait(5)
  }
}

/** SQLite's own word on a file: `ok`. */
export function integrityOf(file) {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return Object.values(database.prepare('PRAGMA integrity_check').get())[0]
  } finally {
    database.close()
  }
}
