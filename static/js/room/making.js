import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { ask } from './ask.js'
import { addressOf, texts } from './boot.js'
import { leaveDrawer } from './drawers.js'
import { shows } from './waking.js'

/**
 * A new room, in a form of its own: what it is called, what it is about, who may come in.
 * @param {{connection: import('../socket.js').Connection}} page
 */
export function making({ connection }) {
  Alpine.store('making', {
    /** This server lets me make rooms. */
    may: false,
    title: '',
    topic: '',
    /** @type {'open' | 'unlisted' | 'passcode'} */
    who: 'open',
    passcode: '',
    fault: '',
    busy: false,
    get asksPasscode() {
      return this.who === 'passcode'
    },
    open: () => open(),
    make: () => void make(),
  })
  const view = Alpine.store('making')

  return {
    open,
    get may() {
      return view.may
    },
    /** @param {boolean} may As `hello` says. */
    hello(may) {
      view.may = may
    },
  }

  /** @param {string} [title] What was typed elsewhere. */
  function open(title = '') {
    leaveDrawer()
    Object.assign(view, { title, topic: '', who: 'open', passcode: '', fault: '' })
    shows(dialog())
    byId('making-title').focus()
  }

  async function make() {
    const { title, topic, who, passcode } = view
    if (title.trim() === '') return wants('making-title', texts.making.noTitle)
    if (who === 'passcode' && passcode.trim() === '')
      return wants('making-passcode', texts.making.noWord)
    view.busy = true
    const answer = await ask(connection, {
      type: 'make',
      title,
      topic,
      // Behind a passcode it is in nobody's list.
      ...(who === 'unlisted' && { unlisted: true }),
      ...(who === 'passcode' && { passcode }),
    })
    view.fault = answer.fault ?? ''
    if (view.fault) view.busy = false
    else goTo(addressOf(answer.room))
  }

  /** Until that page comes another press would make another room; from it one may go back, and make one. @param {string} address */
  function goTo(address) {
    addEventListener('pagehide', () => (view.busy = false), { once: true })
    location.assign(address)
  }

  /** Says what is missing: the browser would say it in its own language. @param {string} field @param {string} fault */
  function wants(field, fault) {
    view.fault = fault
    byId(field).focus()
  }
}

const dialog = () => /** @type {HTMLDialogElement} */ (byId('making'))
