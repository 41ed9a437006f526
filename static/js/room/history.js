const PAGE = 50

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

  /** What was said about a line, and on from there. @param {number} seq @returns {Promise<boolean>} It came. */
  async function around(seq) {
    let came = false
    await ask({ before: seq + 1 }, async (before, more) => {
      came = await ask({ after: seq }, (behind, newer) =>
        timeline.visit({ events: before, more }, { events: behind, more: newer }),
      )
    })
    return came
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
    const frame = { type: 'history', room, limit: PAGE, ...from }
    const page = await connection.request(frame).catch(() => undefined)
    if (page) await take(page.events, page.more)
    return page !== undefined
  }

  function isOpen() {
    return connection.state.name === 'open'
  }
}
