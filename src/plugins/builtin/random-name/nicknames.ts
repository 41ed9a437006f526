import type { NicknameGenerator } from '../../../plugin.js'
import { chineseName, longerChineseName } from './chinese.js'
import { englishName } from './english.js'
import type { Random } from './pick.js'

export interface NicknamesOptions {
  /** Language of the names; `auto`: that of the visitor. */
  locale?: 'auto' | 'zh' | 'en'
  random?: Random
}

const PLAIN_TRIES = 20
const LONGER_TRIES = 20
const NUMBERED_TRIES = 200

/**
 * Makes nicknames that nobody holds: plain ones first, then with a word more, then with a number. Ends even
 * when everything is taken: then the last one made comes back, and who asked will hear that it is held.
 */
export function nicknames({ locale = 'auto', random = Math.random }: NicknamesOptions = {}) {
  return function nickname({ lang, taken }) {
    const chinese = locale === 'zh' || (locale === 'auto' && lang === 'zh-CN')
    const make = chinese ? chineseName : englishName
    const longer = chinese ? longerChineseName : englishName
    const numbered = () => make(random) + (chinese ? '' : ' ') + (2 + Math.floor(random() * 998))

    return (
      untaken(PLAIN_TRIES, () => make(random), taken) ??
      untaken(LONGER_TRIES, () => longer(random), taken) ??
      untaken(NUMBERED_TRIES, numbered, taken) ??
      numbered()
    )
  } satisfies NicknameGenerator
}

function untaken(tries: number, make: () => string, taken: (name: string) => boolean) {
  for (let n = 0; n < tries; n += 1) {
    const name = make()
    if (!taken(name)) return name
  }
  return undefined
}
