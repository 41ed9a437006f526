import { fill } from './words.js'
import { modeNow } from './bot-rules.js'

/**
 * What a room is told about its bots, in words. Knows neither socket nor page.
 * @typedef {import('../../../src/protocol.js').BotInfo} BotInfo
 * @typedef {import('../../../src/i18n/index.js').Texts['page']['bots']} Words
 * @typedef {{lang: string, time: (at: number) => string}} Written How numbers and times are.
 * @typedef {{people: number, ofTwo?: boolean}} Here `people`: online, in the room or in another one, or waited for. `ofTwo`: one person and a bot, which hears everything.
 */

/** How far words go: of several bots, the farthest counts. @type {BotInfo['away']['to'][]} */
const REACH = ['machine', 'network', 'unknown', 'internet']

/** The command by which a bot says what it can do. */
export const HELP = 'help'

/** Times are told to a tenth of a second; nothing takes none. */
const SHORTEST_MS = 100

/**
 * One line about all of them in two halves, of which the second matters more; `loud`: each line that is written here
 * leaves for somebody else; `waits`: who wants an answer calls one.
 * @param {readonly BotInfo[]} all @param {Here} here @param {Words} words
 */
export function strip(all, here, words) {
  const bots = all.filter((each) => modeNow(each) !== 'off')
  const [bot] = bots
  if (!bot) {
    return { who: all.length > 0 ? words.noneListens : '', away: '', loud: false, waits: false }
  }
  const name = bot.aliases[0] ?? bot.name
  const one = fill(words.one, { name, hears: words.hears[hearsNow(bot, here)] })
  return {
    who: bots.length === 1 ? one : fill(words.many, { n: bots.length }),
    away: fill(words.away[farthest(bots)], { hosts: hostsOf(bots, words) }),
    loud: bots.some((each) => leavesWhole(each, here)),
    waits: bots.every((each) => hearsNow(each, here) === 'called'),
  }
}

/** Whether one of them says what it can do. @param {readonly BotInfo[]} bots */
export const canHelp = (bots) =>
  bots.some((bot) => modeNow(bot) !== 'off' && bot.commands.includes(HELP))

/**
 * What it says of itself among the members.
 * @param {BotInfo} bot @param {Here} here @param {Words} words
 */
export function note(bot, here, words) {
  if (bot.state === 'off') return words.state.off
  return modeNow(bot) === 'off' ? words.rules.off : words.notes[hearsNow(bot, here)]
}

/**
 * What its card says.
 * @param {BotInfo} bot @param {Words} words @param {Written} written
 */
export function card(bot, words, written) {
  const { away, aliases, commands, hear, hear_bots: others, tools = [] } = bot
  return {
    hears: words.hear[hear] + (others ? words.hearBots : ''),
    called: [bot.name, ...aliases].map((name) => `@${name}`).join('  '),
    away: fill(words.goes[away.to], { hosts: hostsOf([bot], words) }),
    tools: tools
      .map(({ name, to, host = '' }) => fill(words.tool[to], { name, host }))
      .join(words.between),
    commands: commands.map((name) => `/${name}`).join('  '),
    state: state(bot, words),
    broken: bot.broken ?? '',
    rest: rest(bot, words, written),
    health: health(bot, words, written),
  }
}

/** @param {BotInfo} bot @param {Words} words */
function state(bot, words) {
  if (modeNow(bot) === 'off' && bot.state !== 'off') return words.rules.off
  return bot.broken === undefined || bot.state === 'off' ? words.state[bot.state] : words.old
}

/** What is left for me, where it answers only so much; '' where nothing is limited. @param {BotInfo} bot @param {Words} words @param {Written} written */
function rest({ rest: all = [] }, words, { lang }) {
  const number = new Intl.NumberFormat(lang)
  return all
    .map(({ of, what, in: time, left, limit }) =>
      fill(words.rest[what], {
        left: number.format(left),
        limit: number.format(limit),
        of: words.restOf[of],
        time: words.restIn[time],
      }),
    )
    .join(words.between)
}

/** How it fares; '' for who is not told. @param {BotInfo} bot @param {Words} words @param {Written} written */
function health({ answered, failed, p95_ms: ms, last_error: last, broken }, words, { lang, time }) {
  if (answered === undefined || failed === undefined) return ''
  const seconds = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(
    Math.max(ms ?? 0, SHORTEST_MS) / 1000,
  )
  const { kinds, answers, slow, lastError } = words
  return [
    fill(answers, { answered, failed }),
    ...(ms === undefined ? [] : [fill(slow, { seconds })]),
    ...(last && (last.data === undefined || last.data !== broken)
      ? [fill(lastError, { time: time(last.at), kind: reason(last, kinds) })]
      : []),
  ].join(words.between)
}

/** What it was, and where, or why its file cannot be used. */
const reason = ({ kind, data }, kinds) =>
  data === undefined ? named(kinds, kind) : `${named(kinds, kind)} – ${data}`

/** @param {BotInfo} bot @param {Here} here @returns {'all' | 'called' | 'commands' | 'none'} */
function hearsNow(bot, { people, ofTwo = false }) {
  const { hear } = bot
  if (hear === 'none') return hear
  if (modeNow(bot) === 'called') return hear === 'command' ? 'commands' : 'called'
  if (ofTwo || hear === 'all' || (hear === 'auto' && people <= 1)) return 'all'
  return hear === 'command' ? 'commands' : 'called'
}

/** @param {BotInfo} bot @param {Here} here */
const leavesWhole = (bot, here) =>
  bot.away.to === 'internet' && here.people > 1 && hearsNow(bot, here) === 'all'

/** @param {readonly BotInfo[]} bots */
function farthest(bots) {
  const reach = bots.map(({ away }) => REACH.indexOf(away.to))
  return REACH[Math.max(...reach)] ?? 'unknown'
}

/** @param {readonly BotInfo[]} bots @param {Words} words */
const hostsOf = (bots, words) =>
  [...new Set(bots.flatMap(({ away }) => away.hosts ?? []))].join(words.and)

/** A plugin's own words for a failure are shown as they are. @param {Readonly<Record<string, string>>} kinds @param {string} kind */
const named = (kinds, kind) => (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? kind
