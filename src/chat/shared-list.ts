/**
 * A list of JSON that is told to one newcomer after the other, and nearly always is the same: it is put together and
 * encoded only when it is another one. Nobody keeps it alive for who does not come: V8 takes the bytes away when it
 * looks for what is alive, and they are made once more.
 */
export class SharedList {
  #items: readonly string[] = []
  #bytes: WeakRef<Buffer> | undefined

  /** The items with commas between them, in UTF-8; not to be changed by anybody. */
  of(items: readonly string[]): Buffer {
    const known = isSame(items, this.#items) ? this.#bytes?.deref() : undefined
    if (known) return known
    const bytes = Buffer.from(items.join(','))
    this.#items = items
    this.#bytes = new WeakRef(bytes)
    return bytes
  }
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((item, index) => item === others[index])
