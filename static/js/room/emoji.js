import { EmojiBook } from '../models/emoji.js'
import { lang, storage, texts } from './boot.js'
import { toast } from './toast.js'

/** @type {Promise<EmojiBook> | undefined} */
let fetching

/** All emoji, fetched when they are first asked for. @returns {Promise<EmojiBook>} */
export function emojiBook() {
  fetching ??= rows().then((module) => new EmojiBook(module.default, storage))
  fetching.catch(() => (fetching = undefined)) // asked for again, it is tried again
  return fetching
}

/** Lets a person pick an emoji. @param {HTMLElement} anchor @param {(emoji: string) => void} take */
export async function pickEmoji(anchor, take) {
  try {
    const [book, { openEmojiPicker }] = await Promise.all([
      emojiBook(),
      import('../components/emoji-picker.js'),
    ])
    openEmojiPicker({ anchor, book, texts: texts.emoji, take })
  } catch {
    toast(texts.signin.unreachable)
  }
}

const rows = () => (lang === 'en' ? import('../emoji/en.json') : import('../emoji/zh-CN.json'))
