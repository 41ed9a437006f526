import { watch, type FSWatcher } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Settled, type Seen } from './settled.js'

export interface WatchOptions {
  folder: string
  /** Which files count, by their names. */
  counts: (name: string) => boolean
  /** Called when files have come to rest as something else: new, saved, or gone. */
  changed: (names: readonly string[]) => void
}

/**
 * Not every disk tells of its changes (network shares, folders of another system), and the folder may come
 * to be later: so it is looked at this often, too. Milliseconds.
 */
const LOOK_MS = 500
/** A save makes several events. */
const SOON_MS = 20

/** Watches the files of one folder, which need not be there. */
export class FolderWatch {
  readonly #options: WatchOptions
  readonly #settled = new Settled()
  #watcher: FSWatcher | undefined
  /** The folder that is watched: another one may take its place. */
  #watched: number | undefined
  #timer: NodeJS.Timeout | undefined
  #due = Infinity
  #closed = false
  #looking: Promise<void> = Promise.resolve()

  private constructor(options: WatchOptions) {
    this.#options = options
  }

  /** @returns once `files` are those that lie there now. */
  static async open(options: WatchOptions): Promise<FolderWatch> {
    const watch = new FolderWatch(options)
    await watch.#follow()
    watch.#settled.take(await watch.#find())
    watch.#lookIn(LOOK_MS)
    return watch
  }

  /** Version by name. */
  get files(): ReadonlyMap<string, string> {
    return this.#settled.files
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#watcher?.close()
    await this.#looking
  }

  /** At the latest after so many milliseconds. */
  #lookIn(ms: number): void {
    const due = performance.now() + ms
    if (this.#closed || due >= this.#due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#lookIn(LOOK_MS))
    }, ms).unref()
  }

  async #look(): Promise<void> {
    this.#due = Infinity
    await this.#follow()
    const found = await this.#find()
    if (this.#closed) return
    const { changed, again } = this.#settled.update(found, performance.now())
    if (again !== undefined) this.#lookIn(again)
    if (changed.length > 0) this.#options.changed(changed)
  }

  /** Listens to the folder that is there now. */
  async #follow(): Promise<void> {
    const { folder } = this.#options
    const ino = (await stat(folder).catch(() => undefined))?.ino
    if (ino === this.#watched || this.#closed) return
    this.#watcher?.close()
    this.#watcher = undefined
    this.#watched = ino
    if (ino === undefined) return
    try {
      this.#watcher = watch(folder, { persistent: false }, () => this.#lookIn(SOON_MS))
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      // It is looked at all the same.
    }
  }

  async #find(): Promise<Map<string, Seen>> {
    const { folder, counts } = this.#options
    const found = new Map<string, Seen>()
    const names = await readdir(folder).catch((): string[] => [])
    for (const name of names.filter(counts)) {
      const seen = await stat(join(folder, name)).catch(() => undefined)
      if (!seen?.isFile()) continue
      const { mtimeMs, size, ino } = seen
      found.set(name, { version: `${mtimeMs}:${size}:${ino}`, size })
    }
    return found
  }
}
