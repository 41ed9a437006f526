import { rows } from '../models/rows.js'
import { me } from './me.js'
import { tip } from './tip.js'

/**
 * What of all that is known stands in the list of messages.
 * @param {{timeline: import('../models/timeline.js').Timeline, outbox: import('../models/outbox.js').Outbox,
 *   answers: ReturnType<typeof import('./answers.js').growingAnswers>, paging: ReturnType<typeof import('./history.js').history>,
 *   marks: ReturnType<typeof import('./marks.js').readMarks>, empty: ReturnType<typeof import('./empty.js').emptyRoom>,
 *   volume: ReturnType<typeof import('./volumes.js').volumes>}} room
 */
export const view =
  ({ timeline, outbox, answers, paging, marks, empty, volume }) =>
  () => {
    const { entries, older, atHead } = timeline
    const { lines } = outbox
    const streams = answers.shown()
    const talk =
      lines.length + streams.length > 0 || entries.some(({ type }) => type !== 'presence')
    const nothing = timeline.epoch !== undefined && !talk && !older
    empty.show(nothing)
    if (talk) tip.offer()
    marks.show()
    const { failed: olderFailed } = paging
    const said = { entries, older, olderFailed, atHead, lines, streams }
    const all = rows({ ...said, me: { ...me.user, role: me.role }, unreadFrom: marks.from })
    return { rows: nothing ? [] : volume.folded(all), atHead }
  }
