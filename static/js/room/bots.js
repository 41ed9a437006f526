import { Alpine } from '@alpinejs/csp'
import { byId } from '../components/dom.js'
import { card, note, strip } from '../models/bots.js'
import { boot, face, lang, texts } from './boot.js'
import { leaveDrawer } from './drawers.js'

/** While the panel is open it is asked for anew so often, in milliseconds: a bot may be busy or resting. */
const AGAIN_MS = 5_000

/** @typedef {import('../models/bots.js').BotInfo} BotInfo */

/**
 * Who listens here: a line in the head of the room, and the panel behind it.
 * @param {{presence: import('../models/presence.js').Presence, connection: import('../socket.js').Connection,
 *   mention: (name: string) => void, renamed: () => void, time: (at: number) => string}} room `renamed`: they answer to other names now.
 */
export function botsPanel({ presence, connection, mention, renamed, time }) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('bots'))
  /** @type {readonly BotInfo[]} */
  let bots = []
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer

  Alpine.store('bots', {
    who: '',
    away: '',
    loud: false,
    /** What each says of itself among the members. @type {Record<number, string>} */
    notes: {},
    get hint() {
      return `${this.who} · ${this.away}`
    },
    /** @type {(ReturnType<typeof draw> & ReturnType<typeof card>)[]} */
    list: [],

    get stripClass() {
      return { 'listening--loud': this.loud }
    },
    open() {
      leaveDrawer()
      dialog.showModal()
      void ask()
      timer = setInterval(() => void ask(), AGAIN_MS)
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

  async function ask() {
    const frame = { type: 'bots', room: boot.room.name }
    const answer = await connection.request(frame).catch(() => undefined)
    if (!answer) return // the line went: what was told stands until it is back
    const before = namesOf(bots)
    bots = answer.bots
    view.list = bots.map((bot) => ({ ...card(bot, texts.bots, { lang, time }), ...draw(bot) }))
    show()
    if (before !== namesOf(bots)) renamed()
  }

  /** The bots or the people may have changed. */
  function show() {
    const here = { people: presence.people, ofTwo: Boolean(boot.room.peer) }
    Object.assign(view, strip(bots, here, texts.bots))
    view.notes = Object.fromEntries(bots.map((bot) => [bot.id, note(bot, here, texts.bots)]))
  }
}

/** @param {readonly BotInfo[]} bots */
const namesOf = (bots) => bots.map(({ id, aliases }) => [id, ...aliases].join(' ')).join('\n')

/** @param {BotInfo} bot */
const draw = (bot) => ({
  id: bot.id,
  ...face(bot),
  stateClass: `bot__state--${bot.state}`,
  awayClass: bot.away.to === 'internet' || bot.away.to === 'unknown' ? 'bot__away--far' : '',
})
