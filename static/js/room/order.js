import { Alpine } from '@alpinejs/csp'
import { byId, fill } from '../components/dom.js'
import { deed, doer, held, reported as reportedBy } from '../models/deeds.js'
import { boot, texts } from './boot.js'
import { confirm } from './confirm.js'
import { me } from './me.js'
import { toast } from './toast.js'

/** @typedef {import('../models/timeline.js').User} User */

/**
 * What moderators look after, in a dialog: what was reported, who is banned, who did what.
 * @param {{connection: import('../socket.js').Connection, jump: (seq: number) => unknown, time: (at: number) => string,
 *   titleOf: (room: string) => string}} room
 */
export function order({ connection, jump, time, titleOf }) {
  const telling = { words: texts.order, titleOf, time }

  Alpine.store('order', {
    tab: 'reports',
    /** What may be done about a line: `seq` shows a message, `ban` is lifted, `report` seen to; 0: nothing.
     * @type {{key: string, time: string, text: string, seq: number, ban: number, report: number}[]} */
    list: [],
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
      dialog().close()
      void jump(numberOf(event, 'seq'))
    },
    /** @param {Event} event */
    unban: (event) => void unban(numberOf(event, 'ban')),
    /** @param {Event} event */
    handled: (event) => void handled(numberOf(event, 'report')),
  })
  const view = Alpine.store('order')

  return { open, report, reported }

  function open() {
    dialog().showModal()
    void look('reports')
  }

  /** Tells the moderators of a message. @param {import('../models/timeline.js').Item} item */
  async function report({ seq, user }) {
    const { order: words } = texts
    if (!(await confirm(fill(words.reportSentence, { name: user.name }), words.report))) return
    const refusal = await ask({ type: 'report', room: boot.room.name, message: seq, data: '' })
    toast(refusal.fault ?? words.reported)
  }

  /** Something is new about the reports: who looks at them sees it. */
  function reported() {
    if (dialog().open && view.tab === 'reports') void look('reports')
  }

  /** @param {'reports' | 'bans' | 'audit'} tab */
  async function look(tab) {
    view.tab = tab
    const where = me.user.role === undefined ? { room: boot.room.name } : {}
    const limit = tab === 'bans' ? {} : { limit: 50 }
    const answer = await ask({ type: tab, ...where, ...limit })
    if (view.tab !== tab) return
    if (answer.fault) toast(answer.fault)
    const all = answer.reports ?? answer.bans ?? answer.entries ?? []
    view.list = all.map({ reports: reportLine, bans: banLine, audit: entryLine }[tab])
    view.empty = view.list.length === 0
  }

  /** @param {number} ban */
  async function unban(ban) {
    const where = me.user.role === undefined ? { room: boot.room.name } : {}
    const { fault } = await ask({ type: 'unban', ...where, ban })
    if (fault) toast(fault)
    await look('bans')
  }

  /** @param {number} report */
  async function handled(report) {
    const where = me.user.role === undefined ? { room: boot.room.name } : {}
    const { fault } = await ask({ type: 'handled', ...where, report })
    if (fault) toast(fault)
    await look('reports')
  }

  /** @param {any} report */
  function reportLine(report) {
    const { id, at, room, message, data, event, handled: seen } = report
    const here = room === boot.room.name
    const done = seen && fill(texts.order.handledBy, { name: doer(seen.by, texts.order) })
    const text = [reportedBy(report, telling), event?.data, data, done].filter(Boolean).join(' — ')
    const seq = here && event ? message : 0
    return { key: `r${id}`, time: time(at), text, seq, ban: 0, report: seen ? 0 : id }
  }

  /** @param {any} ban */
  function banLine(ban) {
    const { id, at } = ban
    return { key: `b${id}`, time: time(at), text: held(ban, telling), seq: 0, ban: id, report: 0 }
  }

  /** @param {any} entry */
  function entryLine(entry) {
    const { id, at } = entry
    return { key: `a${id}`, time: time(at), text: deed(entry, telling), seq: 0, ban: 0, report: 0 }
  }

  /** @param {{type: string} & Record<string, unknown>} frame @returns {Promise<any>} */
  async function ask(frame) {
    try {
      return await connection.request(frame)
    } catch (nack) {
      return { fault: /** @type {{data?: string}} */ (nack).data ?? texts.bar.noLine }
    }
  }
}

/** @param {Event} event @param {'seq' | 'ban' | 'report'} name */
const numberOf = ({ currentTarget }, name) =>
  Number(currentTarget instanceof HTMLElement ? currentTarget.dataset[name] : 0)

const dialog = () => /** @type {HTMLDialogElement} */ (byId('order'))
