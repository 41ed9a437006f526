import { z } from 'zod'
import type { Lang } from '../../i18n/index.js'
import { userNumber, userOf } from '../numbers.js'
import { mediaWords, partedByCalls, type Named, type Outgoing } from '../words.js'

/** A piece of a message (https://github.com/botuniverse/onebot-11/blob/master/message/segment.md). */
export interface Segment {
  type: string
  data: Record<string, string>
}

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const segment = z.object({
  type: z.string(),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
})
/** A message as a program sends it: a string with CQ codes, a list of segments, or one. */
export const message = z.union([z.string(), z.array(segment), segment.transform((one) => [one])])
export type Message = z.output<typeof message>

/**
 * A line as segments: whom it answers, whom it calls, and the words between.
 * @param called Whom the server found called in it. @param quoted Number of the line that it answers.
 */
export function toSegments(text: string, called: readonly Named[], quoted?: number): Segment[] {
  const segments: Segment[] = quoted ? [{ type: 'reply', data: { id: String(quoted) } }] : []
  for (const part of partedByCalls(text, called)) {
    segments.push(
      typeof part === 'string'
        ? { type: 'text', data: { text: part } }
        : { type: 'at', data: { qq: String(userNumber(part.id)) } },
    )
  }
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
        return mediaWords(type, read('url') || read('file'), lang)
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
