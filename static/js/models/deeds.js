import { fill, isolate } from './words.js'

/**
 * What moderators did, were told of, and hold people to, in sentences. Knows neither socket nor page.
 * @typedef {import('../../../src/i18n/index.js').Texts['page']['order']} Words
 * @typedef {{words: Words, titleOf: (room: string) => string, time: (at: number) => string}} Telling `titleOf`: what the
 *   reader calls a room.
 * @typedef {{id: number | null, name: string}} Somebody Id null: at the command line, or nobody in particular.
 */

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

/** What holds in the whole house if no room is named. */
const ANYWHERE = new Set(['mute', 'unmute', 'kick', 'ban', 'unban'])

/**
 * An entry of the audit log.
 * @param {{by: Somebody, action: string, room?: string, target?: Somebody | null, details?: any}} entry @param {Telling} telling
 */
export function deed({ by, action, room, target, details = {} }, { words, titleOf }) {
  const sentence = /** @type {Readonly<Record<string, string>>} */ (words.deeds)[
    wording(action, details)
  ]
  return (
    fill(sentence ?? `{by} · ${action}`, {
      by: doer(by, words),
      name: isolate(target?.name || words.somebody),
      time: details.ms ? span(details.ms, words) : '',
      what: changes(details, words),
    }) + where(room, { words, titleOf }, ANYWHERE.has(action))
  )
}

/** A report. @param {{by: Somebody, room?: string, event?: {user: Somebody}}} report @param {Telling} telling */
export const reported = ({ by, room, event }, telling) =>
  fill(telling.words.reportLine, {
    by: isolate(by.name),
    name: isolate(event?.user.name ?? telling.words.somebody),
  }) + where(room, telling, false)

/**
 * A ban that holds.
 * @param {{user: Somebody, by: string[], room?: string, until?: number, made_by: Somebody}} ban @param {Telling} telling
 */
export function held({ user, by, room, until, made_by: maker }, telling) {
  const { words, time } = telling
  const ways = by.map((way) => /** @type {Readonly<Record<string, string>>} */ (words.ways)[way])
  return (
    fill(words.banLine, {
      by: doer(maker, words),
      name: isolate(user.name),
      end: until ? fill(words.until, { date: time(until) }) : words.forGood,
      ways: ways.join(words.between),
    }) + where(room, telling, true)
  )
}

/** Who did something. @param {Somebody} by @param {Words} words */
export const doer = ({ id, name }, words) => (id === null ? words.console : isolate(name))

/** A length of time, rounded up. @param {number} ms @param {Words} words */
export function span(ms, { spans }) {
  const [one, many, unit] =
    ms >= 2 * DAY_MS || ms === DAY_MS
      ? [spans.day, spans.days, DAY_MS]
      : ms >= HOUR_MS && (ms >= 2 * HOUR_MS || ms === HOUR_MS)
        ? [spans.hour, spans.hours, HOUR_MS]
        : [spans.minute, spans.minutes, MINUTE_MS]
  const n = Math.max(1, Math.ceil(ms / unit))
  return fill(n === 1 ? one : many, { n })
}

/** Which of the sentences: some acts go either way. @param {string} action @param {any} details */
function wording(action, { ms, on, role }) {
  if (action === 'ban') return ms ? 'banFor' : 'ban'
  if (action === 'approve') return on ? 'letIn' : 'turnAway'
  if (action === 'role') return role === 'host' ? 'makeHost' : role ? 'makeMod' : 'takeMod'
  return action
}

/** Which settings of a room were changed. @param {any} details @param {Words} words */
const changes = (details, { kept, between }) =>
  Object.entries(kept)
    .flatMap(([key, label]) => (key in details ? [label] : []))
    .join(between)

/** @param {string | undefined} room @param {Pick<Telling, 'words' | 'titleOf'>} telling @param {boolean} anywhere */
function where(room, { words, titleOf }, anywhere) {
  if (room) return fill(words.where, { room: isolate(titleOf(room)) })
  return anywhere ? fill(words.where, { room: words.everywhere }) : ''
}
