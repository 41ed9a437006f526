import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { fill } from '../models/words.js'
import { fields, modeNow, ruled } from '../models/bot-rules.js'
import { canHelp, card, note, strip } from '../models/bots.js'
import { boot, lang, texts } from './boot.js'
import { face } from './faces.js'
import { botRules } from './bot-rules.js'
import { leaveDrawer } from './drawers.js'
import { me } from './me.js'
import { shows } from './waking.js'

/** While the panel is open it is asked for anew so often, in milliseconds: a bot may be busy or resting. */
const AGAIN_MS = 5_000

/** @typedef {import('../models/bots.js').BotInfo} BotInfo */

/**
 * Who listens here: a line in the head of the room, and the panel behind it.
 * @param {{presence: import('../models/presence.js').Presence, connection: import('../socket.js').Connection,
 *   mention: (name: string) => void, renamed: () => void, time: (at: number) => string,
 *   volume: ReturnType<typeof import('./volumes.js').volumes>}} room `renamed`: they answer to other names now.
 */
export function botsPanel({ presence, connection, mention, renamed, time, volume }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('bots'))
  /** @type {readonly BotInfo[]} */
  let bots = []
  /** The server's, for quiet hours. */
  let zone = ''
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer
  /** Until somebody is alone. @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting

  Alpine.store('bots', {
    who: '',
    away: '',
    loud: false,
    waits: false,
    /** One of them says what it can do. */
    helps: false,
    /** What each says of itself among the members. @type {Record<number, string>} */
    notes: {},
    /** How much I want to see of each. @type {Record<number, string>} */
    volumes: {},
    get hint() {
      return `${this.who} · ${this.away}`
    },
    /** I moderate here: I set what they may do. */
    mayRule: false,
    zone: '',
    rule: botRules({ connection, after: () => ask({ whole: true }) }),
    /** @type {ReturnType<typeof drawn>[]} */
    list: [],

    get stripClass() {
      return { 'listening--loud': this.loud }
    },
    open() {
      leaveDrawer()
      draw()
      shows(dialog)
      void ask()
      timer = setInterval(() => void ask(), AGAIN_MS)
    },
    /** How much I want to see of it. @param {Event} event */
    turn({ currentTarget }) {
      if (!(currentTarget instanceof HTMLSelectElement)) return
      const bot = bots.find(({ id }) => id === Number(currentTarget.dataset.id))
      if (bot)
        void volume.set(
          bot,
          /** @type {import('../../../src/protocol.js').Volume} */ (currentTarget.value),
        )
    },
    /** @param {Event} event */
    call({ currentTarget }) {
      dialog.close()
      if (currentTarget instanceof HTMLElement) mention(currentTarget.dataset.name ?? '')
    },
  })
  const view = Alpine.store('bots')
  dialog.addEventListener('close', () => clearInterval(timer))

  return { ask, show, aliasesOf }

  /** What else somebody answers to. @param {number} id */
  function aliasesOf(id) {
    return bots.find((bot) => bot.id === id)?.aliases ?? []
  }

  /** @param {{whole?: boolean}} [how] `whole`: fields too, though one of them has the focus. */
  async function ask({ whole = false } = {}) {
    const frame = { type: 'bots', room: boot.room.name }
    const answer = await connection.request(frame).catch(() => undefined)
    if (!answer) return // the line went: what was told stands until it is back
    const before = namesOf(bots)
    bots = answer.bots
    zone = answer.zone
    if (dialog.open && (whole || !isWriting())) draw()
    show()
    if (before !== namesOf(bots)) renamed()
  }

  /** The cards, for who looks at them. */
  function draw() {
    view.mayRule = me.role !== undefined && !boot.room.peer
    view.zone = fill(texts.bots.rules.zone, { zone })
    view.list = bots.map(drawn)
  }

  /** @param {BotInfo} bot */
  function drawn(bot) {
    const words = card(bot, texts.bots, { lang, time })
    return { ...words, ruled: ruled(bot, texts.bots, zone), ...look(bot) }
  }

  /** What is half written into a field stays. */
  function isWriting() {
    return dialog.querySelector('.bot__time:focus') !== null
  }

  /** The bots or the people may have changed. */
  function show() {
    const here = { people: presence.company(), ofTwo: Boolean(boot.room.peer) }
    Object.assign(view, strip(bots, here, texts.bots))
    view.helps = canHelp(bots)
    view.notes = Object.fromEntries(
      bots.map((bot) => [
        bot.id,
        volume.isMuted(bot) ? texts.volume.note : note(bot, here, texts.bots),
      ]),
    )
    view.volumes = Object.fromEntries(bots.map(({ id }) => [id, volume.of(id)]))
    clearTimeout(waiting)
    const ms = presence.awaitedMs()
    if (ms > 0) waiting = setTimeout(show, ms)
  }
}

/** @param {readonly BotInfo[]} bots */
const namesOf = (bots) => bots.map(({ id, aliases }) => [id, ...aliases].join(' ')).join('\n')

/** @param {BotInfo} bot */
function stateNow(bot) {
  if (modeNow(bot) === 'off') return 'off'
  return bot.broken === undefined ? bot.state : 'old'
}

/** @param {BotInfo} bot */
const look = (bot) => ({
  id: bot.id,
  ...face(bot),
  ...fields(bot),
  stateClass: `bot__state--${stateNow(bot)}`,
  awayClass: bot.away.to === 'internet' || bot.away.to === 'unknown' ? 'bot__away--far' : '',
})
