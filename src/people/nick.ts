import type { Command } from '../chat/face.js'
import { texts, type Lang } from '../i18n/index.js'
import type { User } from '../protocol.js'
import type { People } from './people.js'

export interface NickOptions {
  people: People
  /** A free nickname from the random-name plugin. */
  nickname: (lang: Lang) => Promise<string>
  /** Told after a person was renamed. */
  renamed: (before: User, after: User) => Promise<void>
}

/** `/nick NAME` renames its sender, `/nick` alone takes a random name; why a name is refused is told to them alone. */
export const nickCommand = ({ people, nickname, renamed }: NickOptions): Command =>
  async function nick({ user, args, lang }) {
    const result = await people.rename(user.id, args || (await nickname(lang)))
    if (!('user' in result)) return texts[lang].names[result.name]
    if (result.user.name !== user.name) await renamed(user, result.user)
    return undefined
  }
