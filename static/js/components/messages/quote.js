import { plainText } from '../../models/plain-text.js'
import { el, icon } from '../dom.js'

/**
 * The beginning of an answered message, over its answer; pressed, it leads there.
 * @param {{user: {name: string}, data: string, recalled?: true}} reply @param {any} words `texts.room`
 */
export const quote = ({ user, data, recalled }, words) =>
  el(
    'button',
    { type: 'button', class: 'quote', 'data-act': 'jump', title: words.toAnswered },
    icon('reply'),
    el('bdi', { class: 'quote__name' }, user.name),
    el('span', { class: 'quote__text', dir: 'auto' }, recalled ? words.recalled : plainText(data)),
  )
