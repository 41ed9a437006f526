import { isItem } from './timeline.js'
import { toolsOfBoth } from './tools.js'

/**
 * @typedef {import('./timeline.js').Entry} Entry
 * @typedef {import('./timeline.js').Item} Item
 * @typedef {import('./timeline.js').User} User
 * @typedef {import('./timeline.js').Whisper} Whisper
 * @typedef {import('./outbox.js').Line} Line
 * @typedef {import('./streams.js').Growing} Growing
 * @typedef {{key: string, kind: 'older', failed: boolean} | {key: string, kind: 'beginning' | 'unread'} | {key: string, kind: 'day', at: number}
 *   | {key: string, kind: 'presence', joined: User[], left: User[]}
 *   | {key: string, kind: 'notice', item: Item} | {key: string, kind: 'recalled', items: Item[]}
 *   | import('./folds.js').Fold
 *   | {key: string, kind: 'message', own: boolean, first: boolean, newest: boolean, user: User, at: number, text: string,
 *      state: Line['state'] | '', fault: string, item?: Item, line?: Line, whisper?: true, growing?: Growing, mayStop?: boolean, called: boolean}} Row
 * @typedef {Extract<Row, {kind: 'message'}>} MessageRow
 */

/** Lines of one author within this time stand in one group. */
const GROUP_MS = 5 * 60_000

/**
 * What the page shows, from the top: day and unread dividers, grouped messages, folded comings and goings,
 * the lines that wait to be sent, and what bots are writing. A row keeps its key as long as it means the same thing: an
 * own line keeps it from the first try to the event that everybody got, and a bot's answer from its first word on. It
 * stands last while it grows, since its number comes with its end.
 * @param {{entries: readonly Entry[], older: boolean, olderFailed?: boolean, atHead: boolean, lines: readonly Line[],
 *   streams?: readonly Growing[], me: User,
 *   unreadFrom?: number | undefined, dayOf?: (at: number) => string}} view
 * @returns {Row[]}
 */
export function rows({
  entries,
  older,
  olderFailed = false,
  atHead,
  lines,
  streams = [],
  me,
  unreadFrom,
  dayOf = localDay,
}) {
  /** @type {Row[]} */
  const out = []
  let day = ''
  let unread = entries.some(isNew) ? unreadFrom : undefined

  const said = new Set(
    entries.flatMap((entry) => (isItem(entry) && entry.user.id === me.id && entry.cid) || []),
  )
  if (entries.length > 0)
    out.push(
      older
        ? { key: 'older', kind: 'older', failed: olderFailed }
        : { key: 'beginning', kind: 'beginning' },
    )

  for (const entry of entries) {
    if (unread !== undefined && isItem(entry) && entry.seq >= unread && !entry.recalled) {
      if (out.length > 1 || older) out.push({ key: 'unread', kind: 'unread' })
      unread = undefined
    }
    openDay(entry.at)
    if (entry.type === 'whisper') say(whisperRow(entry))
    else if (!isItem(entry))
      out.push({
        key: entry.key,
        kind: 'presence',
        joined: [...entry.joined],
        left: [...entry.left],
      })
    else if (entry.recalled) gone(entry)
    else if (entry.type === 'chat') say(messageRow(entry, me))
    else noted(entry)
  }

  if (atHead) {
    for (const line of lines) {
      if (said.has(line.cid)) continue
      openDay(line.at)
      say({
        key: `c${line.cid}`,
        kind: 'message',
        own: true,
        first: true,
        newest: false,
        user: me,
        at: line.at,
        text: line.data,
        state: line.state,
        fault: line.fault ?? '',
        called: false,
        line,
      })
    }
    for (const growing of streams) {
      openDay(growing.at)
      say(growingRow(growing, mayStop(growing)))
    }
  }
  const newest = out.findLast(({ kind }) => kind === 'message')
  if (newest?.kind === 'message') newest.newest = atHead
  return out

  /** Something to read: what was taken back, or done to the room, is told without a divider. @param {Entry} entry */
  function isNew(entry) {
    if (unreadFrom === undefined || !isItem(entry) || entry.seq < unreadFrom) return false
    return entry.type === 'chat' && !entry.recalled
  }

  /** Who asked for it, and moderators. @param {Growing} growing */
  function mayStop({ cause }) {
    if (me.role !== undefined) return true
    const asked = entries.findLast((entry) => isItem(entry) && entry.seq === cause)
    return asked?.user.id === me.id
  }

  /** @param {number} at */
  function openDay(at) {
    const name = dayOf(at)
    if (name === day) return
    day = name
    out.push({ key: `d${name}`, kind: 'day', at })
  }

  /** What was taken back one after the other is one line. @param {Item} item */
  function gone(item) {
    const before = out.at(-1)
    if (before?.kind === 'recalled') before.items.push(item)
    else out.push({ key: `r${item.seq}`, kind: 'recalled', items: [item] })
  }

  /** What a bot's tools did one after the other is one line. @param {Item} item */
  function noted(item) {
    const before = out.at(-1)
    const both = before?.kind === 'notice' && toolsOfBoth(before.item, item)
    if (before?.kind === 'notice' && both) before.item = both
    else out.push({ key: `s${item.seq}`, kind: 'notice', item })
  }

  /** @param {MessageRow} row */
  function say(row) {
    const before = out.at(-1)
    if (
      before?.kind === 'message' &&
      before.user.id === row.user.id &&
      before.whisper === row.whisper &&
      row.at - before.at < GROUP_MS
    ) {
      row.first = before.user.name !== row.user.name
    }
    out.push(row)
  }
}

/** @param {Whisper} whisper @returns {MessageRow} */
const whisperRow = ({ key, at, user, data }) => ({
  key,
  kind: 'message',
  own: false,
  first: true,
  newest: false,
  user,
  at,
  text: data,
  state: '',
  fault: '',
  called: false,
  whisper: true,
})

/** @param {Growing} growing @param {boolean} stoppable @returns {MessageRow} */
const growingRow = (growing, stoppable) => ({
  key: `b${growing.stream}`,
  kind: 'message',
  own: false,
  first: true,
  newest: false,
  user: growing.user,
  at: growing.at,
  text: growing.text,
  state: '',
  fault: '',
  called: false,
  growing,
  mayStop: stoppable,
})

/** @param {Item} item @param {User} me @returns {MessageRow} */
function messageRow(item, me) {
  const own = item.user.id === me.id
  return {
    key: keyOf(item, own),
    kind: 'message',
    own,
    first: true,
    newest: false,
    user: item.user,
    at: item.at,
    text: item.data,
    state: own ? 'sent' : '',
    fault: '',
    item,
    called: !own && (item.all === true || item.mentions?.includes(me.id) === true),
  }
}

/** @param {Item} item @param {boolean} own */
function keyOf({ cid, stream, seq }, own) {
  if (stream) return `b${stream}`
  return own && cid ? `c${cid}` : `s${seq}`
}

/** @param {number} at */
const localDay = (at) => {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}
