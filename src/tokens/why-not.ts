import { fill, texts, type Lang } from '../i18n/index.js'
import type { Refused } from './tokens.js'

/** Why there is no token, in a sentence. @param name As it was asked for. */
export function whyNot(made: Refused, name: string, lang: Lang): string {
  const { api, names } = texts[lang]
  if (made.refused === 'room') return fill(api.refused.room, { room: made.room })
  if (made.refused === 'many') return fill(api.refused.many, { limit: made.limit })
  const { why } = made
  if (why === 'reserved' || why === 'bot' || why === 'person') return fill(api.names[why], { name })
  return names[why]
}
