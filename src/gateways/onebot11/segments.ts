import { z } from 'zod'
import { texts, type Lang } from '../../i18n/index.js'
import { userNumber, userOf } from '../numbers.js'

/** A piece of a message (https://github.com/botuniverse/onebot-11/blob/master/message/segment.md). */
export interface Segment {
  type: string
  data: Record<string, string>
}

/** Somebody who may be called in a room. */
export interface Named {
  id: number
  name: string
}

/** A message that a bot wants to send cannot be; the bot reads the sentence. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage'
}

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const segment = z.object({
  type: z.string(),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
})
export const message = z.union([z.string(), z.array(segment), segment.transform((one) => [one])])
export type Message = z.output<typeof message>

/**
 * A line as segments: whom it answers, whom it calls, and the words between.
 * @param called Whom the server found called in it. @param quoted Number of the line that it answers.
 */
export function toSegments(text: string, called: readonly Named[], quoted?: number): Segment[] {
  const segments: Segment[] = quoted ? [{ type: 'reply', data: { id: String(quoted) } }] : []
  const words = (piece: string) => {
    if (piece !== '') segments.push({ type: 'text', data: { text: piece } })
  }
  let rest = text
  for (;;) {
    const found = called
      .map((one) => ({ one, at: rest.toLowerCase().indexOf(`@${one.name.toLowerCase()}`) }))
      .filter(({ at }) => at >= 0)
      .toSorted((a, b) => a.at - b.at || b.one.name.length - a.one.name.length)[0]
    if (!found) break
    words(rest.slice(0, found.at))
    segments.push({ type: 'at', data: { qq: String(userNumber(found.one.id)) } })
    rest = rest.slice(found.at + 1 + found.one.name.length)
  }
  words(rest)
  return segments
}

/** The same as one string with CQ codes (https://github.com/botuniverse/onebot-11/blob/master/message/string.md). */
export const toCqString = (segments: readonly Segment[]): string =>
  segments
    .map(({ type, data }) => {
      if (type === 'text') return escaped(data['text'] ?? '')
      const parameters = Object.entries(data).map(
        ([key, text]) => `,${key}=${escaped(text).replaceAll(',', '&#44;')}`,
      )
      return `[CQ:${type}${parameters.join('')}]`
    })
    .join('')

/** What a bot sends, as one of our lines. */
export interface Outgoing {
  text: string
  /** Number of the message that it answers. */
  quoted?: number
}

/**
 * Reads what a bot sends. Nothing it names is fetched or read: addresses stay links, files of this machine are refused.
 * @param plain A string is words, without CQ codes. @param nameOf Of a member of the room.
 * @throws {BadMessage} it names a file of this machine.
 */
export function fromMessage(
  sent: Message,
  {
    plain,
    lang,
    nameOf,
  }: { plain: boolean; lang: Lang; nameOf: (id: number) => string | undefined },
): Outgoing {
  const words = texts[lang].hooks.segments
  let quoted: number | undefined
  const parts = segmentsIn(sent, plain).map(({ type, data }): string => {
    const read = (key: string) => {
      const given = value.safeParse(data[key])
      return given.success ? given.data : ''
    }
    switch (type) {
      case 'text':
        return read('text')
      case 'at': {
        if (read('qq') === 'all') return '@all '
        const name = nameOf(userOf(Number(read('qq'))))
        return `@${name ?? read('qq')} `
      }
      case 'reply':
        quoted = Number(read('id')) || undefined
        return ''
      case 'image':
      case 'record':
      case 'video':
      case 'file':
        return media(words[type], read('url') || read('file'))
      case 'share':
        return `${read('title')} ${read('url')}`.trim()
      case 'node':
        return nested(data['content'], { plain: false, lang, nameOf })
      default:
        return `[${type}]`
    }
  })
  return { text: parts.join('').trim(), ...(quoted !== undefined && { quoted }) }
}

function nested(content: unknown, about: Parameters<typeof fromMessage>[1]): string {
  const read = message.safeParse(content)
  return read.success ? `${fromMessage(read.data, about).text}\n` : ''
}

function media(word: string, file: string): string {
  if (/^https?:\/\//i.test(file)) return `${word} ${file} `
  if (/^(?:base64:\/\/|data:)/i.test(file)) return `${word} `
  throw new BadMessage(`a file of this machine is not read; send an https:// address or base64://`)
}

function segmentsIn(sent: Message, plain: boolean): z.output<typeof segment>[] {
  if (typeof sent !== 'string') return sent
  if (plain) return [{ type: 'text', data: { text: sent } }]
  const segments: z.output<typeof segment>[] = []
  let end = 0
  for (const { 0: code, 1: type = '', 2: rest = '', index } of sent.matchAll(
    /\[CQ:([\w.-]+)((?:,[^,\]]*)*)\]/g,
  )) {
    segments.push({ type: 'text', data: { text: unescaped(sent.slice(end, index)) } })
    const pairs = rest
      .split(',')
      .slice(1)
      .map((pair): [string, string] => {
        const [key = '', ...parts] = pair.split('=')
        return [key, unescaped(parts.join('='))]
      })
    segments.push({ type, data: Object.fromEntries(pairs) })
    end = index + code.length
  }
  return [...segments, { type: 'text', data: { text: unescaped(sent.slice(end)) } }]
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('[', '&#91;').replaceAll(']', '&#93;')

const unescaped = (text: string): string =>
  text
    .replaceAll('&#91;', '[')
    .replaceAll('&#93;', ']')
    .replaceAll('&#44;', ',')
    .replaceAll('&amp;', '&')
