import { boot } from './boot.js'

const PAGE = 50

/**
 * Pages of what was said before, or after for who reads far above: one asked for at a time.
 * @param {{timeline: import('../models/timeline.js').Timeline, connection: import('../socket.js').Connection, show: () => void}} room
 */
export function history({ timeline, connection, show }) {
  let asking = false
  const paging = { older, newer, newest, around, failed: false }
  return paging

  async function older() {
    if (asking || !isOpen() || timeline.first === undefined) return
    asking = true
    paging.failed = false
    show()
    paging.failed = !(await ask({ before: timeline.first }, (page, more) =>
      timeline.prepend(page, more),
    ))
    asking = false
    show()
  }

  async function newer() {
    if (asking || !isOpen()) return
    asking = true
    await ask({ after: timeline.last ?? 0 }, (page, more) => timeline.extend(page, more))
    asking = false
    show()
  }

  /** Back to the end, from however far above. */
  async function newest() {
    if (!timeline.atHead) await ask({}, (page, more) => timeline.restart(page, more))
  }

  /** What was said about a line, and on from there. @param {number} seq */
  async function around(seq) {
    await ask({ before: seq + 1 }, async (before, more) => {
      await ask({ after: seq }, (behind, newer) =>
        timeline.visit({ events: before, more }, { events: behind, more: newer }),
      )
    })
  }

  /**
   * @param {{before?: number, after?: number}} from @param {(page: any[], more: boolean) => unknown} take
   * @returns {Promise<boolean>} It came.
   */
  async function ask(from, take) {
    const frame = { type: 'history', room: boot.room.name, limit: PAGE, ...from }
    const page = await connection.request(frame).catch(() => undefined)
    if (page) await take(page.events, page.more)
    return page !== undefined
  }

  function isOpen() {
    return connection.state.name === 'open'
  }
}
