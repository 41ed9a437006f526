import { Alpine } from '../alpine.js'
import { fill } from '../components/dom.js'
import { plainText } from '../models/plain-text.js'
import { texts } from './boot.js'

/** @typedef {Pick<import('../models/timeline.js').Item, 'seq' | 'user' | 'data'>} Item What is answered, or stood in for. */

/**
 * What the next line is meant for: to answer a message, or to stand in its place.
 * @param {{field: () => any}} room
 */
export function target({ field }) {
  /** @type {{kind: 'reply' | 'edit', item: Item} | undefined} */
  let aim
  /** What was being written before a line was taken up again. */
  let aside = ''

  Alpine.store('target', { replying: false, editing: false, heading: '', text: '', cancel })
  const view = Alpine.store('target')

  return {
    reply,
    edit,
    cancel,
    take,
    get idle() {
      return aim === undefined
    },
  }

  /** @param {Item} item */
  function reply(item) {
    cancel()
    become('reply', item)
    field().focus()
  }

  /** @param {Item} item */
  function edit(item) {
    cancel()
    aside = field().text
    become('edit', item)
    field().put(item.data)
    field().focus()
  }

  /** @returns {boolean} There was something to give up. */
  function cancel() {
    const { kind } = aim ?? {}
    become()
    if (kind === 'edit') field().put(aside)
    aside = ''
    return kind !== undefined
  }

  /** What the line that is sent now is for. */
  function take() {
    const taken = aim
    become()
    if (taken?.kind === 'edit') field().put(aside)
    aside = ''
    return taken
  }

  /** @param {'reply' | 'edit'} [kind] @param {Item} [item] */
  function become(kind, item) {
    aim = kind && item && { kind, item }
    view.replying = kind === 'reply'
    view.editing = kind === 'edit'
    view.heading =
      kind === 'reply'
        ? fill(texts.composer.replying, { name: item?.user.name ?? '' })
        : kind === 'edit'
          ? texts.composer.editing
          : ''
    view.text = plainText(item?.data ?? '')
  }
}
