import { Streams } from '../models/streams.js'
import { askHere } from './ask.js'
import { toast } from './toast.js'

/**
 * The answers that bots are writing just now.
 * @param {{connection: import('../socket.js').Connection, show: () => void}} room
 */
export function growingAnswers({ connection, show }) {
  const streams = new Streams()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  return {
    /** @param {import('../models/streams.js').Delta[]} whole */
    joined(whole) {
      streams.joined(whole, Date.now())
      changed()
    },
    /** @param {import('../models/streams.js').Delta} delta */
    heard(delta) {
      streams.heard(delta, Date.now())
      changed()
    },
    /** Messages have come: they take the place of what grew. @param {readonly {stream?: string}[]} items */
    became(items) {
      for (const { stream } of items) if (stream) streams.over(stream)
    },
    shown: () => streams.shown(Date.now()),
    stop,
  }

  function changed() {
    show()
    clearTimeout(timer)
    const wait = streams.untilThinking(Date.now())
    if (wait !== undefined) timer = setTimeout(show, wait)
  }

  /** Ends it where it is; what was written is kept. @param {string} stream */
  async function stop(stream) {
    const { fault, code } = await askHere(connection, { type: 'stop', stream })
    if (fault && code !== 'no_such_message') toast(fault) // else it ended by itself, just now
  }
}
