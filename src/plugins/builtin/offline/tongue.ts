import type { Tongue } from './turn.js'

/**
 * The language to answer in: that of the text; for commands and for text without words, the speaker's own.
 * @param lang The speaker's language.
 */
export function tongueOf(text: string, lang: 'zh-CN' | 'en'): Tongue {
  if (/\p{Script=Han}/u.test(text)) return 'zh'
  const own = lang === 'zh-CN' ? 'zh' : 'en'
  if (text.startsWith('/')) return own
  return /\p{Script=Latin}{2}/u.test(text) ? 'en' : own
}

/** The language for faults on the console: that of the environment. */
export function consoleTongue({ LC_ALL, LANGUAGE, LANG }: NodeJS.ProcessEnv = process.env): Tongue {
  return (LC_ALL || LANGUAGE || LANG || '').startsWith('zh') ? 'zh' : 'en'
}
