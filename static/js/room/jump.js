import { texts } from './boot.js'
import { toast } from './toast.js'

/**
 * Leads to a message, however far back; the pill leads to the newest again.
 * @param {{timeline: import('../models/timeline.js').Timeline, paging: ReturnType<typeof import('./history.js').history>,
 *   reveal: (seq: number) => void}} room `reveal`: brings a line of the page into view.
 */
export function jumps({ timeline, paging, reveal }) {
  return { jump, toNamed }

  /** @param {number} seq @returns {Promise<boolean>} False: the connection broke before it was found. */
  async function jump(seq) {
    const came = timeline.bySeq(seq) !== undefined || (await paging.around(seq))
    if (timeline.bySeq(seq)) reveal(seq)
    else toast(came ? texts.room.notFound : texts.room.loadFailed)
    return came
  }

  /** To the message that the address names, once: a reload reads on. `/r/tea#m42` is how a search leads there. */
  async function toNamed() {
    const [, seq] = /^#m(\d{1,15})$/.exec(location.hash) ?? []
    if (seq && (await jump(Number(seq))))
      history.replaceState(history.state, '', location.pathname + location.search)
  }
}
