import type { NicknameGenerator } from '../../plugin.js'
import type { Thread } from './thread.js'

/** Names that may be taken in a row. */
const TRIES = 20

/**
 * A nickname of a generator in the worker. It cannot ask us in the middle of its work which names are
 * taken: it is told those that it came up with before.
 * @throws what the generator throws; that it is no name, or that too many in a row are taken.
 */
export const workerNickname =
  (thread: () => Thread, { key, index, limit }: { key: string; index: number; limit: number }) =>
  async ({ lang, taken }: Parameters<NicknameGenerator>[0]): Promise<string> => {
    const known: string[] = []
    while (known.length < TRIES) {
      const name = await thread().ask({ type: 'nickname', key, index, lang, taken: known }, limit)
      if (typeof name !== 'string') throw new TypeError('a nickname must be a string')
      if (!taken(name)) return name
      known.push(name)
    }
    throw new Error(`${TRIES} nicknames of this plugin in a row are taken`)
  }
