import type { NumberedEvent, User } from '../protocol.js'
import { after } from './present.js'

const EVENTS = 500
const CHARACTERS = 2_097_152

/** An event in present form and its JSON, made once. */
export interface Said {
  event: NumberedEvent
  /** For who is told every event: without its reactions, which have events of their own. */
  json: string
  /** With its reactions, for who is told the timeline alone; made when it is asked for. */
  full?: string
}

export function said(event: NumberedEvent): Said {
  if (!event.reactions) return { event, json: JSON.stringify(event) }
  const { reactions: _told, ...rest } = event
  return { event, json: JSON.stringify(rest) }
}

/** An entry with all that it has become. */
export function inFull(entry: Said): Said {
  const { event } = entry
  if (!event.reactions) return entry
  entry.full ??= JSON.stringify(event)
  return { event, json: entry.full }
}

/**
 * The last events of a room, contiguous: a storm of returning clients reads the store once a room, not
 * once a client.
 */
export class Recent {
  #events: Said[] = []
  #characters = 0

  get first(): number | undefined {
    return this.#events[0]?.event.seq
  }

  /** Takes the next event, and lets it change those before it. */
  push(entry: Said): void {
    this.#change(entry.event)
    this.#events.push(entry)
    this.#characters += entry.json.length
    // Trimmed in strides, because shift() moves the whole array.
    if (this.#events.length > EVENTS * 1.2 || this.#characters > CHARACTERS) this.#trim()
  }

  /** Events with `after < seq`, or undefined if some of them are no longer here. */
  after(seq: number): readonly Said[] | undefined {
    const first = this.first
    if (first === undefined || seq + 1 < first) return undefined
    return this.#events.slice(seq + 1 - first)
  }

  bySeq(seq: number): NumberedEvent | undefined {
    const first = this.first
    return first === undefined ? undefined : this.#events[seq - first]?.event
  }

  /** Who said what is here, in order. */
  authors(): User[] {
    return this.#events.map(({ event }) => event.user)
  }

  /** The newest ones that pass, ascending; `whole` says that nothing that passes is missing before them. */
  newest(
    count: number,
    passes: (event: NumberedEvent) => boolean,
  ): { entries: Said[]; whole: boolean } {
    const entries: Said[] = []
    for (let i = this.#events.length - 1; i >= 0 && entries.length < count; i--) {
      const entry = this.#events[i]
      if (entry && passes(entry.event)) entries.unshift(entry)
    }
    return { entries, whole: entries.length === count || this.first === 1 }
  }

  #change(event: NumberedEvent): void {
    if (event.type === 'react' || event.type === 'answer')
      return this.#replace((event.message ?? 0) - (this.first ?? 0), event)
    if (event.type !== 'edit' && event.type !== 'recall') return
    for (let i = 0; i < this.#events.length; i++) this.#replace(i, event)
  }

  #replace(index: number, event: NumberedEvent): void {
    const entry = this.#events[index]
    const changed = entry && after(entry.event, event)
    if (!changed || changed === entry.event) return
    const anew = said(changed)
    this.#events[index] = anew
    this.#characters += anew.json.length - entry.json.length
  }

  #trim(): void {
    const half = CHARACTERS / 2
    let drop = Math.max(0, this.#events.length - EVENTS)
    let left = this.#characters
    this.#events.forEach(({ json }, index) => {
      if (index < drop || left > half * 2) {
        left -= json.length
        drop = Math.max(drop, index + 1)
      }
    })
    // The newest one stays, however long it is.
    drop = Math.min(drop, this.#events.length - 1)
    for (const { json } of this.#events.splice(0, drop)) this.#characters -= json.length
  }
}
