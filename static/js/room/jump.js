import { texts } from './boot.js'
import { toast } from './toast.js'

/**
 * Leads to a message, however far back; the pill leads to the newest again.
 * @param {{timeline: import('../models/timeline.js').Timeline, paging: ReturnType<typeof import('./history.js').history>,
 *   list: () => import('../components/messages/list.js').MessageList}} room
 */
export const jumps = ({ timeline, paging, list }) =>
  /** @param {number} seq */
  async function jump(seq) {
    if (!timeline.bySeq(seq)) await paging.around(seq)
    if (!timeline.bySeq(seq)) return toast(texts.room.notFound)
    list().reveal(seq)
  }

/** The message that an address names: `/r/tea#m42`, as a search leads to it. @returns {number | undefined} */
export function named() {
  const [, seq] = /^#m(\d{1,15})$/.exec(location.hash) ?? []
  if (seq) history.replaceState(history.state, '', location.pathname + location.search) // once: a reload reads on
  return seq ? Number(seq) : undefined
}
