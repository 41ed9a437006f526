import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { fill } from '../models/words.js'
import { plainText } from '../models/plain-text.js'
import { deed, doer, held, reported as reportedBy } from '../models/deeds.js'
import { serverNow } from '../server-time.js'
import { LONGEST_MS } from '../timers.js'
import { ask, askHere } from './ask.js'
import { addressOf, boot, texts } from './boot.js'
import { confirm } from './confirm.js'
import { mayJudge } from './judge.js'
import { me } from './me.js'
import { toast } from './toast.js'
import { shows } from './waking.js'

/** One press silences for so long, in minutes; the menu of a person has more. */
const MUTE_MINUTES = 10
/** The server is asked so much later than a ban ends by this clock, in milliseconds: it shall be over by its own, too. */
const MARGIN_MS = 1_000

/** @typedef {import('../models/timeline.js').User} User */

/**
 * What moderators look after, in a dialog: what was reported, who is banned, who did what.
 * @param {{connection: import('../socket.js').Connection, jump: (seq: number) => unknown, time: (at: number) => string,
 *   titleOf: (room: string) => string, recall: (message: number) => Promise<unknown>,
 *   judging: ReturnType<typeof import('./judge.js').judge>}} room `recall`: of a message of this room.
 */
export function order({ connection, jump, time, titleOf, recall, judging }) {
  /** Who wrote what was reported, by the report. @type {Map<number, User>} */
  const authors = new Map()
  const telling = { words: texts.order, titleOf, time }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let nextEnd

  Alpine.store('order', {
    tab: 'reports',
    /** What may be done about a line: `seq` shows a message, `ban` is lifted, `report` seen to; 0: nothing.
     * @type {{key: string, time: string, text: string, quote: string, room: string, seq: number, ban: number,
     *   report: number, acts: boolean, mayRecall: boolean, mayMute: boolean, mayBan: boolean}[]} */
    list: [],
    /** Reports of this room that nobody has seen to yet, on its button; '' for none. */
    waiting: '',
    waitingLabel: '',
    /** Those of all rooms, on the own card of who looks after all of them. */
    house: '',
    houseLabel: '',
    empty: false,
    get onReports() {
      return String(view.tab === 'reports')
    },
    get onBans() {
      return String(view.tab === 'bans')
    },
    get onAudit() {
      return String(view.tab === 'audit')
    },
    reports: () => void look('reports'),
    bans: () => void look('bans'),
    audit: () => void look('audit'),
    /** @param {Event} event */
    jump(event) {
      const { room = '', seq = '' } = datasetOf(event)
      if (room !== boot.room.name) return location.assign(addressOf(room, seq))
      dialog().close()
      void jump(Number(seq))
    },
    /** @param {Event} event */
    recall: (event) => void takeAway(numberOf(event, 'seq'), numberOf(event, 'report')),
    /** @param {Event} event */
    mute: (event) => void onAuthor(event, (user) => judging.mute(user, MUTE_MINUTES)),
    /** @param {Event} event */
    banAuthor: (event) => void onAuthor(event, judging.ban),
    /** @param {Event} event */
    unban: (event) => void unban(numberOf(event, 'ban')),
    /** @param {Event} event */
    handled: (event) => void handled(numberOf(event, 'report')),
  })
  const view = Alpine.store('order')

  return { open, label, choices, report, reported, newReport, joined: count }

  /** What leads to the reports says how many wait. @param {string} n Of this room, if not said. */
  function label(n = view.waiting) {
    return n ? `${texts.order.open} (${n})` : texts.order.open
  }

  /** On the own card: from every room, for who looks after all of them. @returns {import('../components/menu.js').Choice[]} */
  function choices() {
    if (me.user.role === undefined) return []
    return [{ label: label(view.house), icon: 'flag', run: open, separate: true }]
  }

  function open() {
    shows(dialog())
    void look('reports')
  }

  /** Tells the moderators of a message. @param {import('../models/timeline.js').Item} item */
  async function report({ seq, user, data }) {
    const { order: words } = texts
    const sentence = fill(words.reportSentence, { name: user.name })
    if (!(await confirm(sentence, words.report, plainText(data)))) return
    const { fault } = await askHere(connection, { type: 'report', message: seq, data: '' })
    toast(fault ?? words.reported)
  }

  /** Somebody reported a message here. @param {{user: User}} frame Who it was. */
  function newReport({ user }) {
    if (!me.is(user)) toast(texts.order.newReport, open)
    reported()
  }

  /** How many reports wait, for who may see to them. */
  async function count() {
    const all = { type: 'reports', ...whereOf(), limit: 50 }
    const { reports = [] } = me.role === undefined ? {} : await ask(connection, all)
    const open = reports.filter((/** @type {any} */ one) => !one.handled)
    const here = open.filter((/** @type {any} */ one) => one.room === boot.room.name)
    const { waiting } = texts.order
    view.waiting = here.length > 0 ? String(here.length) : ''
    view.waitingLabel = fill(waiting, { n: here.length })
    view.house = me.user.role !== undefined && open.length > 0 ? String(open.length) : ''
    view.houseLabel = fill(waiting, { n: open.length })
  }

  /** @param {number} seq @param {number} report */
  async function takeAway(seq, report) {
    const { recallSentence, recall: yes } = texts.order
    const name = authors.get(report)?.name ?? texts.order.somebody
    if (!(await confirm(fill(recallSentence, { name }), yes))) return
    await recall(seq)
    await look('reports')
  }

  /** Does something to who wrote what was reported. @param {Event} event @param {(user: User) => Promise<unknown>} deed */
  async function onAuthor(event, deed) {
    const author = authors.get(numberOf(event, 'report'))
    if (author) await deed(author)
    await look('reports')
  }

  /** Something is new about the reports: who looks at them sees it. */
  function reported() {
    void count()
    lookAgain('reports')
  }

  /** @param {'reports' | 'bans' | 'audit'} tab */
  async function look(tab) {
    clearTimeout(nextEnd)
    view.tab = tab
    const limit = tab === 'bans' ? {} : { limit: 50 }
    const answer = await ask(connection, { type: tab, ...whereOf(), ...limit })
    if (view.tab !== tab) return
    if (answer.fault) toast(answer.fault)
    const all = answer.reports ?? answer.bans ?? answer.entries ?? []
    view.list = all.map({ reports: reportLine, bans: banLine, audit: entryLine }[tab])
    view.empty = view.list.length === 0
    if (tab === 'bans') awaitEnd(all)
  }

  /** @param {'reports' | 'bans'} tab */
  function lookAgain(tab) {
    if (dialog().open && view.tab === tab) void look(tab)
  }

  /** A ban that ends while the list is looked at stands there no more. @param {readonly {until?: number}[]} bans */
  function awaitEnd(bans) {
    const now = serverNow()
    const next = Math.min(...bans.map(({ until = 0 }) => (until > now ? until : Infinity)))
    const wait = next - now + MARGIN_MS
    if (wait < LONGEST_MS) nextEnd = setTimeout(() => lookAgain('bans'), wait)
  }

  /** @param {number} ban */
  async function unban(ban) {
    const { fault } = await ask(connection, { type: 'unban', ...whereOf(), ban })
    if (fault) toast(fault)
    await look('bans')
  }

  /** @param {number} report */
  async function handled(report) {
    const { fault } = await ask(connection, { type: 'handled', ...whereOf(), report })
    if (fault) toast(fault)
    await look('reports')
  }

  /** @param {any} report */
  function reportLine(report) {
    const { id, at, room, message, data, event, handled: seen } = report
    const here = room === boot.room.name
    const done = seen && fill(texts.order.handledBy, { name: doer(seen.by, texts.order) })
    const text = [reportedBy(report, telling), data, done].filter(Boolean).join(' — ')
    const author = event?.user
    if (author) authors.set(id, author)
    const open = !seen && author && mayJudge(author)
    return {
      ...NOTHING,
      key: `r${id}`,
      time: time(at),
      text,
      quote: event?.recalled ? '' : (event?.data ?? ''),
      room: room ?? '',
      seq: event && !event.recalled ? message : 0,
      report: seen ? 0 : id,
      acts: !seen || event !== undefined,
      mayRecall: here && !seen && event !== undefined && !event.recalled,
      mayMute: here && open === true,
      mayBan: open === true && (here || me.user.role !== undefined),
    }
  }

  /** @param {any} ban */
  function banLine(ban) {
    const { id, at } = ban
    return { ...NOTHING, key: `b${id}`, time: time(at), text: held(ban, telling), ban: id }
  }

  /** @param {any} entry */
  function entryLine(entry) {
    const { id, at } = entry
    return { ...NOTHING, key: `a${id}`, time: time(at), text: deed(entry, telling) }
  }
}

/** What a line lets nobody do. */
const NOTHING = { quote: '', room: '', seq: 0, ban: 0, report: 0, acts: false, mayRecall: false, mayMute: false, mayBan: false } // prettier-ignore

/** Whose role holds everywhere looks at the whole house, others at their room. */
const whereOf = () => (me.user.role === undefined ? { room: boot.room.name } : {})

/** @param {Event} event */
const datasetOf = ({ currentTarget }) =>
  currentTarget instanceof HTMLElement ? currentTarget.dataset : /** @type {DOMStringMap} */ ({})

/** @param {Event} event @param {'seq' | 'ban' | 'report'} name */
const numberOf = (event, name) => Number(datasetOf(event)[name] ?? 0)

const dialog = () => /** @type {HTMLDialogElement} */ (byId('order'))
