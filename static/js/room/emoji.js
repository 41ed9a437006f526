import { EmojiBook } from '../models/emoji.js'
import { lang, storage, texts } from './boot.js'
import { toast } from './toast.js'

/** @type {Promise<EmojiBook> | undefined} */
let fetching

/** All emoji, fetched when they are first asked for. @returns {Promise<EmojiBook>} */
export function emojiBook() {
  fetching ??= Promise.all([rows(lang), import('../emoji/everyday.json')]).then(
    ([all, everyday]) => new EmojiBook(all.default, everyday.default, storage),
  )
  fetching.catch(() => (fetching = undefined)) // asked for again, it is tried again
  return fetching
}

/**
 * Lets a person pick an emoji, or several.
 * @param {HTMLElement} anchor
 * @param {(emoji: string, stays: boolean) => void} take `stays`: more may be picked.
 * @param {{several?: boolean}} [options]
 */
export async function pickEmoji(anchor, take, options = {}) {
  try {
    const [book, { openEmojiPicker }] = await Promise.all([
      emojiBook(),
      import('../components/emoji-picker.js'),
    ])
    const learn = (/** @type {string} */ query) => learnFor(book, query)
    openEmojiPicker({ anchor, book, texts: texts.emoji, take, learn, ...options })
  } catch {
    toast(texts.signin.unreachable)
  }
}

let learned = false

/** Who looks for a cat on a Chinese page, or for 猫 on an English one, finds it. @param {EmojiBook} book @param {string} query */
function learnFor(book, query) {
  const own = /\p{Script=Han}/u.test(query) === (lang !== 'en')
  if (learned || own) return undefined
  return rows(lang === 'en' ? 'zh-CN' : 'en').then((module) => {
    if (!learned) book.learn(module.default)
    learned = true
  })
}

/** @param {string} of */
const rows = (of) => (of === 'en' ? import('../emoji/en.json') : import('../emoji/zh-CN.json'))
