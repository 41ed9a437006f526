import { partsOf } from '../models/parts.js'
import { composing, hasKeyboard } from './dom.js'
import { fill } from '../models/words.js'

/** Within this many characters of the limit, the rest is shown. */
const NEAR_LIMIT = 200
/** Others are told that somebody types at most this often, in milliseconds. */
const TYPING_MS = 3000

/**
 * The field under the messages, as Alpine data: grows with its text, never sends while an input method is at work,
 * keeps its draft.
 * @param {{texts: any, drafts: import('../models/drafts.js').Drafts, enterSends: () => boolean, limit: () => number,
 *   send: (text: string, more?: readonly string[]) => void, typing: () => void, cancel: () => boolean, emptyKeys: Record<string, () => unknown>,
 *   pickEmoji: (anchor: HTMLElement, take: (emoji: string, stays: boolean) => void) => void}} room `emptyKeys`: what keys do while the
 *   field is empty.
 */
export const composer = (room) => () => ({
  /** A sentence above the field. */
  note: '',
  count: '',
  over: false,
  /** Offers to send a text that is too long in parts. */
  partsText: '',
  blocked: true,
  typedAt: 0,

  init() {
    // Who was quicker than this script loses nothing of it.
    const early = this.$refs.input.value
    if (early) room.drafts.begin(early)
    this.$refs.input.value = room.drafts.text
    this.tell()
    // Where the page is laid out anyway.
    requestAnimationFrame(() => {
      if (hasKeyboard()) this.$refs.input.focus()
      if (this.text) this.fit()
    })
  },

  countClass() {
    return { 'composer__count--over': this.over }
  },

  onInput() {
    this.measure()
    if (!room.drafts.write(this.$refs.input.value)) this.note = room.texts.composer.notKept
    const now = Date.now()
    if (this.$refs.input.value && now - this.typedAt > TYPING_MS) {
      this.typedAt = now
      room.typing()
    }
  },

  onKeydown(event) {
    if (composing(event)) return
    const wanted = room.enterSends() ? !event.shiftKey : event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && wanted && !event.altKey) {
      event.preventDefault()
      this.submit()
    } else if (event.key === 'Escape' && room.cancel()) {
      event.preventDefault()
    } else if (this.text === '' && Object.hasOwn(room.emptyKeys, event.key)) {
      event.preventDefault()
      room.emptyKeys[event.key]?.()
    }
  },

  submit() {
    const text = this.$refs.input.value.trimEnd()
    this.measure()
    if (this.blocked) return
    this.put('')
    this.note = ''
    this.typedAt = 0
    room.send(text)
    if (!this.picking) this.focus()
  },

  /** Emoji are being picked: where fingers do it, that is done without the keyboard. */
  get picking() {
    return this.$refs.emoji.matches('[aria-expanded=true]')
  },

  get text() {
    return this.$refs.input.value
  },

  focus() {
    this.$refs.input.focus({ preventScroll: true })
  },

  /** Replaces the text. @param {string} text */
  put(text) {
    this.$refs.input.value = text
    this.onInput()
  },

  sendParts() {
    const [first = '', ...more] = partsOf(this.text, room.limit())
    this.put('')
    this.note = ''
    room.send(first, more)
    this.focus()
  },

  /** Puts words where the cursor stands, apart from the word before. @param {string} words */
  insert(words) {
    const { input } = this.$refs
    const before = input.value.slice(0, input.selectionStart)
    this.type(/\S$/.test(before) ? ` ${words}` : words)
  },

  /** Puts text where the cursor stands, as if it were typed. @param {string} text */
  type(text) {
    this.write(text)
    this.focus()
  },

  /** The same, without the keyboard that a phone opens where the focus is. @param {string} text */
  write(text) {
    const { input } = this.$refs
    input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end')
    this.onInput()
    input.scrollTop = input.scrollHeight
  },

  /** @param {Event} event */
  pickEmoji({ currentTarget }) {
    room.pickEmoji(currentTarget, (emoji, stays) => (stays ? this.write(emoji) : this.type(emoji)))
  },

  dismiss() {
    this.note = ''
    this.focus()
  },

  measure() {
    this.fit()
    this.tell()
  },

  /** Gives the field the height of its text. */
  fit() {
    const { input } = this.$refs
    const { style } = input.form
    // What stands above must not get its place, not even for this moment: the talk would be moved.
    style.minBlockSize = `${input.form.getBoundingClientRect().height}px`
    input.style.blockSize = 'auto'
    input.style.blockSize = `${input.scrollHeight}px`
    style.minBlockSize = ''
  },

  /** How much may still be written, and whether it can be sent. */
  tell() {
    const { composer: words } = room.texts
    const text = this.text.trimEnd()
    // Code points, as the server counts them; only a text that may be too long is counted.
    const left =
      text.length < room.limit() - NEAR_LIMIT ? NEAR_LIMIT + 1 : room.limit() - [...text].length
    this.over = left < 0
    this.count =
      left > NEAR_LIMIT ? '' : fill(left < 0 ? words.over : words.left, { n: Math.abs(left) })
    this.blocked = this.over || text === ''
    this.partsText = this.over ? fill(words.inParts, { n: partsOf(text, room.limit()).length }) : ''
  },
})
