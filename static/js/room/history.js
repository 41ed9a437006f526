const PAGE = 50
/** Of each side of a line that one is led to: more than a window shows, and no more to be drawn at once. */
const SIDE = 15

/**
 * Pages of what was said before, or after for who reads far above: one asked for at a time.
 * @param {{room: string, timeline: import('../models/timeline.js').Timeline, connection: Pick<import('../socket.js').Connection, 'state' | 'request'>, show: () => void}} room
 */
export function history({ room, timeline, connection, show }) {
  let asking = false
  const paging = { older, newer, newest, around, failed: false }
  return paging

  async function older() {
    if (asking || !isOpen() || timeline.first === undefined) return
    asking = true
    paging.failed = false
    show()
    paging.failed = !(await ask(
      { before: timeline.first },
      here((page, more) => timeline.prepend(page, more)),
    ))
    asking = false
    show()
  }

  async function newer() {
    if (asking || !isOpen()) return
    asking = true
    await ask(
      { after: timeline.last ?? 0 },
      here((page, more) => timeline.extend(page, more)),
    )
    asking = false
    show()
  }

  /** Back to the end, from however far above. */
  async function newest() {
    if (!timeline.atHead) await ask({}, (page, more) => timeline.restart(page, more))
  }

  /** What was said about a line, and on from there: both at once. @param {number} seq @returns {Promise<boolean>} It came. */
  async function around(seq) {
    const [before, behind] = await Promise.all([
      page({ before: seq + 1, limit: SIDE }),
      page({ after: seq, limit: SIDE }),
    ])
    if (before && behind) timeline.visit(before, behind)
    return before !== undefined && behind !== undefined
  }

  /**
   * A page that comes when another stretch is shown is none of its.
   * @param {(page: any[], more: boolean) => unknown} take
   */
  function here(take) {
    const { stretch } = timeline
    return (/** @type {any[]} */ page, /** @type {boolean} */ more) =>
      timeline.stretch === stretch && take(page, more)
  }

  /**
   * @param {{before?: number, after?: number}} from @param {(page: any[], more: boolean) => unknown} take
   * @returns {Promise<boolean>} It came.
   */
  async function ask(from, take) {
    const came = await page(from)
    if (came) take(came.events, came.more)
    return came !== undefined
  }

  /** @param {{before?: number, after?: number, limit?: number}} from @returns {Promise<{events: any[], more: boolean} | undefined>} */
  function page(from) {
    return connection
      .request({ type: 'history', room, limit: PAGE, ...from })
      .catch(() => undefined)
  }

  function isOpen() {
    return connection.state.name === 'open'
  }
}
