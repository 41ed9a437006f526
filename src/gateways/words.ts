import { texts, type Lang } from '../i18n/index.js'
import type { NumberedEvent } from '../protocol.js'
import type { RoomFace } from '../chat/face.js'

/** Somebody who may be called in a room. */
export interface Named {
  id: number
  name: string
}

/** What a program reads that sends more than a bot may say. */
export const TOO_FAST = 'too fast: one message a second, five at once, and twenty may wait'

/** A message that a bot wants to send cannot be; the bot reads the sentence. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage'
}

/** A message of a program's, as one of our lines. */
export interface Outgoing {
  text: string
  /** Number of the message that it answers. */
  quoted?: number
}

/** What a picture, a sound or a film of a program's is called in our words. */
export type Media = keyof (typeof texts)['en']['hooks']['segments']

/** The members that a line calls. Most call nobody, and each is told to every bot: a full room is not asked for nothing. */
export const calledIn = ({ mentions = [] }: NumberedEvent, room: RoomFace): Named[] =>
  mentions.length === 0 ? [] : room.members().filter(({ id }) => mentions.includes(id))

/** A text parted where somebody is called in it: words as they are, and whom they call. */
export function partedByCalls(text: string, called: readonly Named[]): (string | Named)[] {
  const parts: (string | Named)[] = []
  let rest = text
  for (;;) {
    const found = called
      .map((one) => ({ one, at: rest.toLowerCase().indexOf(`@${one.name.toLowerCase()}`) }))
      .filter(({ at }) => at >= 0)
      .toSorted((a, b) => a.at - b.at || b.one.name.length - a.one.name.length)[0]
    if (!found) break
    parts.push(rest.slice(0, found.at), found.one)
    rest = rest.slice(found.at + 1 + found.one.name.length)
  }
  return [...parts, rest].filter((part) => part !== '')
}

/** Bytes of a file that comes inside a message. It is not kept, only named; what is larger is not even taken. */
const INSIDE = 5 * 1024 * 1024

/**
 * What stands for a file in a line. Nothing that a program names is fetched or read: addresses stay links, and what
 * comes in base64 is named alone.
 * @throws {BadMessage} it names a file of this machine, or brings too much.
 */
export function mediaWords(media: Media, file: string, lang: Lang): string {
  const { segments, unkept } = texts[lang].hooks
  if (/^https?:\/\//i.test(file)) return `${segments[media]} ${file} `
  if (/^(?:base64:\/\/|data:)/i.test(file)) {
    if ((file.length * 3) / 4 <= INSIDE) return `${unkept[media]} `
    throw new BadMessage(
      `a file inside a message may have ${INSIDE} bytes (and is named only, not kept); send an https:// address`,
    )
  }
  throw new BadMessage(`a file of this machine is not read; send an https:// address or base64://`)
}
