import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { texts } from './boot.js'
import { HELP } from '../models/bots.js'

/**
 * What stands in a room where nothing was said: how to bring others, and a bot to greet.
 * @param {{presence: import('../models/presence.js').Presence, send: (text: string) => void}} room
 */
export function emptyRoom({ presence, send }) {
  Alpine.store('empty', {
    shown: false,
    hi: '',

    get heading() {
      return fill(texts.empty.heading, { room: Alpine.store('settings').title })
    },
    sayHi() {
      const [bot] = presence.bots
      if (bot) send(fill(texts.empty.hiText, { name: bot.name }))
    },
    askHelp: () => send(`/${HELP}`),
  })
  const view = Alpine.store('empty')

  return {
    /** @param {boolean} empty */
    show(empty) {
      view.shown = empty
    },
    /** The bots that are here may have changed. */
    greet() {
      const [bot] = presence.bots
      view.hi = bot ? fill(texts.empty.hi, { name: bot.name }) : ''
    },
  }
}
