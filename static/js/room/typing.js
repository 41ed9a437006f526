import { Alpine } from '../alpine.js'
import { fill, isolate } from '../models/words.js'
import { texts } from './boot.js'

Alpine.store('typing', { text: '' })
const view = Alpine.store('typing')

/** The line over the field: who is writing. @param {import('../models/presence.js').Presence} presence */
export function typingLine(presence) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  return { show }

  function show() {
    clearTimeout(timer)
    const users = presence.typing(Date.now())
    view.text = sentence(users)
    if (users.length > 0) timer = setTimeout(show, 1000)
  }
}

/** @param {import('../models/timeline.js').User[]} users */
function sentence(users) {
  const [a, b] = users
  if (!a) return ''
  const { thinking, typingOne, typingTwo, typingMany } = texts.room
  const words =
    users.length > 2 ? typingMany : b ? typingTwo : a.kind === 'bot' ? thinking : typingOne
  return fill(words, { a: isolate(a.name), b: isolate(b?.name ?? '') })
}
