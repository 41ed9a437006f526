import { randomInt } from 'node:crypto'
import { fill, texts, type Lang } from '../../i18n/index.js'
import type { Logger } from '../../log.js'
import type { NicknameGenerator } from '../../plugin.js'
import { within } from './in-process.js'

/**
 * Asks the generators in their order for a name that is free; if none has one, the visitor is a guest
 * with a number. Never rejects: nobody is kept out for want of a name.
 * @param limit What a generator may take, in milliseconds.
 */
export async function freeNickname(
  generators: readonly NicknameGenerator[],
  { lang, taken }: Parameters<NicknameGenerator>[0],
  { limit, log }: { limit: number; log: Logger },
): Promise<string> {
  for (const generate of generators) {
    try {
      const name = await within(limit, () => generate({ lang, taken }))
      if (typeof name === 'string' && name.trim() !== '' && !taken(name)) return name
    } catch (error) {
      log.warn({ err: error }, 'nickname plugin failed')
    }
  }
  return guest(lang, taken)
}

function guest(lang: Lang, taken: (name: string) => boolean): string {
  for (let most = 10_000; ; most *= 10) {
    const name = fill(texts[lang].plugins.guest, { number: randomInt(most / 10, most) })
    if (!taken(name) || most > 1e12) return name
  }
}
