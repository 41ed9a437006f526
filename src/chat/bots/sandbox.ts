import { texts, type Lang } from '../../i18n/index.js'
import type { Logger } from '../../log.js'
import type { User } from '../../protocol.js'
import type { RoomRow, RoomStore } from '../../store/store.js'
import type { Telling } from '../attention/telling.js'
import type { Rooms } from '../rooms.js'

/** The room in which bots are tried. */
export const SANDBOX = 'sandbox'

/** Only the server makes it: a room of somebody's that is called so is theirs. */
export const isSandbox = ({ name, madeBy }: Pick<RoomRow, 'name' | 'madeBy'>): boolean =>
  name === SANDBOX && madeBy === null

export interface SandboxOptions {
  /** `[rooms] sandbox`. */
  wanted: 'auto' | 'yes' | 'no'
  rooms: Rooms
  roomStore: RoomStore
  telling: Telling
  /** Of what stands in it for everybody. */
  lang: Lang
  log: Logger
}

/**
 * The room in which bots are tried, there as long as it is wanted. Otherwise it is in the archive, out of the list, with
 * all that was said in it.
 */
export class Sandbox {
  readonly #options: SandboxOptions
  /** Bots that are files in a folder. */
  readonly #dropped = new Set<number>()
  #last: Promise<void> = Promise.resolve()
  #open = false

  constructor(options: SandboxOptions) {
    this.#options = options
  }

  /** Bots of the folder came in before; from now on the room follows them. Resolves when it is as it should be. */
  open(): Promise<void> {
    this.#open = true
    return this.#follow()
  }

  /** A bot of the folder came in, or went. */
  dropped(how: 'came' | 'went' | 'changed', { id }: User): void {
    if (how === 'came') this.#dropped.add(id)
    if (how === 'went') this.#dropped.delete(id)
    if (this.#open && how !== 'changed') void this.#follow()
  }

  #follow(): Promise<void> {
    const { wanted, log } = this.#options
    this.#last = this.#last
      .then(() => this.#keep(wanted === 'yes' || (wanted === 'auto' && this.#dropped.size > 0)))
      .catch((error: unknown) => log.error({ err: error }, 'the sandbox could not be kept'))
    return this.#last
  }

  async #keep(on: boolean): Promise<void> {
    const { rooms, roomStore, telling, lang } = this.#options
    const before = rooms.row(SANDBOX)
    if (!before) {
      if (!on) return
      const made = await rooms.ensure(SANDBOX, '', texts[lang].room.sandboxTopic)
      return telling.relist(undefined, made.row)
    }
    if (!isSandbox(before) || before.settings.archived !== on) return
    const now = await roomStore.set(before.id, { archived: !on })
    if (!now) return
    rooms.changed(now)
    const room = rooms.open(SANDBOX)
    room?.tell(JSON.stringify({ type: 'room', room: SANDBOX, settings: room.settings }))
    telling.changed(before, now)
  }
}
