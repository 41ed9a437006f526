import { isItem } from './timeline.js'

/**
 * @typedef {import('./timeline.js').Entry} Entry
 * @typedef {import('./timeline.js').Item} Item
 * @typedef {import('./timeline.js').User} User
 * @typedef {import('./outbox.js').Line} Line
 * @typedef {{key: string, kind: 'older', failed: boolean} | {key: string, kind: 'beginning' | 'unread'} | {key: string, kind: 'day', at: number}
 *   | {key: string, kind: 'presence', joined: User[], left: User[]}
 *   | {key: string, kind: 'notice', item: Item}
 *   | {key: string, kind: 'message', own: boolean, first: boolean, last: boolean, user: User, at: number, text: string,
 *      item?: Item, line?: Line}} Row
 */

/** Lines of one author within this time stand in one group. */
const GROUP_MS = 5 * 60_000

/**
 * What the page shows, from the top: day and unread dividers, grouped messages, folded comings and goings,
 * and the lines that wait to be sent. A row keeps its key as long as it means the same thing: an own line
 * keeps it from the first try to the event that everybody got.
 * @param {{entries: readonly Entry[], older: boolean, olderFailed?: boolean, atHead: boolean, lines: readonly Line[], me: User,
 *   unreadFrom?: number | undefined, dayOf?: (at: number) => string}} view
 * @returns {Row[]}
 */
export function rows({
  entries,
  older,
  olderFailed = false,
  atHead,
  lines,
  me,
  unreadFrom,
  dayOf = localDay,
}) {
  /** @type {Row[]} */
  const out = []
  let day = ''
  let unread = unreadFrom

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
    if (unread !== undefined && isItem(entry) && entry.seq >= unread) {
      if (out.length > 1 || older) out.push({ key: 'unread', kind: 'unread' })
      unread = undefined
    }
    openDay(entry.at)
    if (!isItem(entry))
      out.push({
        key: entry.key,
        kind: 'presence',
        joined: [...entry.joined],
        left: [...entry.left],
      })
    else if (entry.type === 'chat') say(messageRow(entry, me))
    else out.push({ key: `s${entry.seq}`, kind: 'notice', item: entry })
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
        last: true,
        user: me,
        at: line.at,
        text: line.data,
        line,
      })
    }
  }
  return out

  /** @param {number} at */
  function openDay(at) {
    const name = dayOf(at)
    if (name === day) return
    day = name
    out.push({ key: `d${name}`, kind: 'day', at })
  }

  /** @param {Extract<Row, {kind: 'message'}>} row */
  function say(row) {
    const before = out.at(-1)
    if (
      before?.kind === 'message' &&
      before.user.id === row.user.id &&
      row.at - before.at < GROUP_MS
    ) {
      row.first = before.user.name !== row.user.name
      before.last = row.first
    }
    out.push(row)
  }
}

/** @param {Item} item @param {User} me @returns {Extract<Row, {kind: 'message'}>} */
function messageRow(item, me) {
  const own = item.user.id === me.id
  return {
    key: own && item.cid ? `c${item.cid}` : `s${item.seq}`,
    kind: 'message',
    own,
    first: true,
    last: true,
    user: item.user,
    at: item.at,
    text: item.data,
    item,
  }
}

/** @param {number} at */
const localDay = (at) => {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}
