import { fold } from './fold.js'

/**
 * What can be found of a text, in its order: words, and single characters of the scripts that put no space
 * between words (Chinese, Japanese, Korean, Thai …), so that every part of such a text is a row of tokens;
 * emoji too. THE one place: index and query, whatever database, see a text through this function.
 *
 * The index of a message is taken back by asking for its tokens again. So whoever changes the rule adds a
 * migration that empties the index and puts every message into `search_todo`.
 */
export const tokens = (text: string): string[] => fold(text).match(TOKEN) ?? []

/** Is this token a word, of which the beginning may be enough to find it? */
export const isWord = (token: string): boolean => WORD.test(token)

/** Scripts without spaces. By extensions where signs are shared, like the ー of both kana. */
const SPACELESS = ['scx=Han', 'scx=Hira', 'scx=Kana', 'scx=Bopo', 'sc=Hang']
  .concat('sc=Thai', 'sc=Laoo', 'sc=Khmr', 'sc=Mymr', 'sc=Tibt')
  .map((script) => `\\p{${script}}`)
  .join('')

const character = `(?=[\\p{L}\\p{N}])[${SPACELESS}]\\p{M}*`
const word = `(?:(?![${SPACELESS}])[\\p{L}\\p{N}\\p{M}])+`
const emoji = '\\p{Extended_Pictographic}|\\p{Regional_Indicator}'

const TOKEN = new RegExp(`${character}|${word}|${emoji}`, 'gu')
const WORD = new RegExp(`^${word}$`, 'u')
