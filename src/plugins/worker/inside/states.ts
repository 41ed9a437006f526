/** `ctx.state` of the messages that are on their way, shared by all that have one of them in this thread. */
export class WorkerStates {
  readonly #states = new Map<number, { state: Record<string, unknown>; users: number }>()

  /** @param line Its number. */
  hold(line: number): Record<string, unknown> {
    const held = this.#states.get(line) ?? { state: {}, users: 0 }
    held.users += 1
    this.#states.set(line, held)
    return held.state
  }

  release(line: number): void {
    const held = this.#states.get(line)
    if (!held) return
    held.users -= 1
    if (held.users === 0) this.#states.delete(line)
  }
}
