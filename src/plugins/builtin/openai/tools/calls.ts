/** A piece of a model's wish to use a tool, as a stream brings it. */
export interface CallPiece {
  index?: number | undefined
  id?: string | undefined
  name?: string | undefined
  /** A part of its arguments, which are JSON. */
  args: string
}

/** A model's wish to use a tool. */
export interface ToolCall {
  id: string
  name: string
  args: string
}

/** Puts the pieces together: of several calls at once they come mixed, and not every service numbers them. */
export class Calls {
  readonly #calls: (ToolCall & { index: number | undefined })[] = []

  hear(pieces: readonly CallPiece[]): void {
    for (const piece of pieces) this.#take(piece)
  }

  /** In the order in which they began; those that name no tool count for nothing. */
  all(): ToolCall[] {
    return this.#calls
      .filter(({ name }) => name !== '')
      .map(({ id, name, args }, n) => ({ id: id === '' ? `call_${n}` : id, name, args }))
  }

  #take({ index, id = '', name = '', args }: CallPiece): void {
    const known = this.#known(index, id, name)
    if (!known) {
      this.#calls.push({ index, id, name, args })
      return
    }
    known.id ||= id
    known.name ||= name
    known.args += args
  }

  /** Without a number a piece with an id or a name of its own begins another call. */
  #known(index: number | undefined, id: string, name: string) {
    if (index !== undefined) {
      const same = this.#calls.findLast((call) => call.index === index)
      // Some number every call 0, and tell them apart by their ids.
      return same && id !== '' && same.id !== '' && same.id !== id ? undefined : same
    }
    if (id !== '') return this.#calls.find((call) => call.id === id)
    return name === '' ? this.#calls.at(-1) : undefined
  }
}
