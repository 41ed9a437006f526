import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { plainText } from '../models/plain-text.js'
import { texts } from './boot.js'

/**
 * @typedef {Pick<import('../models/timeline.js').Item, 'seq' | 'user' | 'data'>} Item What is answered, or stood in for.
 * @typedef {{kind: 'reply' | 'edit' | 'anew', item: Item}} Aim `anew`: it was to be an edit, and can only be said.
 */

/**
 * What the next line is meant for: to answer a message, or to stand in its place.
 * @param {{field: () => any}} room
 */
export function target({ field }) {
  /** @type {Aim | undefined} */
  let aim
  /** What was being written, and what for, before a line was taken up again; the last one comes back first. @type {{aim: typeof aim, text: string}[]} */
  const asides = []

  Alpine.store('target', { replying: false, editing: false, heading: '', text: '', cancel })
  const view = Alpine.store('target')

  return {
    reply,
    edit,
    /** An edit was refused: it must not run into what was begun meanwhile, which is there again behind it. */
    refused: takeUp,
    cancel,
    take,
    get idle() {
      return aim === undefined
    },
  }

  /** @param {Item} item */
  function reply(item) {
    cancel()
    become({ kind: 'reply', item })
    field().focus()
  }

  /** @param {Item} item */
  function edit(item) {
    cancel()
    takeUp({ kind: 'edit', item }, item.data)
  }

  /** @returns {boolean} There was something to give up. */
  function cancel() {
    return take() !== undefined
  }

  /** What the line that is sent now is for. */
  function take() {
    const taken = aim
    const before = taken && taken.kind !== 'reply' ? asides.pop() : undefined
    become(before?.aim)
    if (before) field().put(before.text)
    return taken
  }

  /** @param {Aim} next @param {string} text */
  function takeUp(next, text) {
    asides.push({ aim, text: field().text })
    become(next)
    field().put(text)
    field().focus()
  }

  /** @param {Aim} [next] */
  function become(next) {
    aim = next
    const { kind, item } = next ?? {}
    const { replying, editing, anew } = texts.composer
    view.replying = kind === 'reply'
    view.editing = kind === 'edit'
    view.heading = kind
      ? fill({ reply: replying, edit: editing, anew }[kind], { name: item?.user.name ?? '' })
      : ''
    view.text = plainText(item?.data ?? '')
  }
}
