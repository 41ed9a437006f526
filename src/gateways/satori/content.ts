import h from '@satorijs/element'
import type { Lang } from '../../i18n/index.js'
import { mediaWords, partedByCalls, type Media, type Named, type Outgoing } from '../words.js'

/**
 * A line as Satori's elements (https://satori.chat/en-US/protocol/elements.html): whom it answers, whom it calls, and
 * the words between, in which nothing is an element.
 * @param called Whom the server found called in it. @param quoted Number of the line that it answers.
 */
export function toContent(text: string, called: readonly Named[], quoted?: number): string {
  const quote = quoted === undefined ? '' : String(h('quote', { id: String(quoted) }))
  const parts = partedByCalls(text, called).map((part) =>
    typeof part === 'string'
      ? h.escape(part)
      : String(h('at', { id: String(part.id), name: part.name })),
  )
  return quote + parts.join('')
}

export interface ContentOptions {
  lang: Lang
  /** Of a member of the room. */
  nameOf: (id: number) => string | undefined
}

/**
 * What a bot sends, as our lines: one for the words outside, one for each `<message>` in it. Empty ones are left out.
 * @throws {BadMessage} it names a file of this machine.
 */
export function fromContent(content: string, options: ContentOptions): Outgoing[] {
  const lines: { text: string; quoted?: number }[] = [{ text: '' }]
  const quote = (id: number) => {
    const line = lines.at(-1)
    if (line && Number.isSafeInteger(id)) line.quoted = id
  }
  const write = (elements: readonly h[]) => {
    for (const element of elements) {
      if (element.type !== 'message') {
        const line = lines.at(-1)
        if (line) line.text += words(element, options, quote)
        continue
      }
      lines.push({ text: '' })
      write(element.children)
      lines.push({ text: '' })
    }
  }
  write(h.parse(content))
  return lines
    .map(({ text, ...more }) => ({ text: text.trim(), ...more }))
    .filter(({ text }) => text !== '')
}

const MARKS: Readonly<Record<string, string>> = {
  b: '**',
  strong: '**',
  i: '*',
  em: '*',
  s: '~~',
  del: '~~',
  code: '`',
}
const MEDIA: Readonly<Record<string, Media>> = {
  img: 'image',
  image: 'image',
  audio: 'record',
  video: 'video',
  file: 'file',
}

function words(
  { type, attrs, children }: h,
  options: ContentOptions,
  quote: (id: number) => void,
): string {
  const read = (key: string): string => (typeof attrs[key] === 'string' ? attrs[key] : '')
  const inner = () => children.map((child) => words(child, options, quote)).join('')
  const mark = MARKS[type]
  const media = MEDIA[type]
  if (mark) return `${mark}${inner()}${mark}`
  if (media) return mediaWords(media, read('src') || read('url'), options.lang)
  switch (type) {
    case 'text':
      return read('content')
    case 'br':
      return '\n'
    case 'p':
      return `${inner()}\n`
    case 'at':
      if (read('type') === 'all' || read('type') === 'here') return '@all '
      return `@${options.nameOf(Number(read('id'))) ?? (read('name') || read('id'))} `
    case 'sharp':
      return `#${read('name') || read('id')} `
    case 'emoji':
      return `:${read('name') || read('id')}: `
    case 'quote':
      quote(Number(read('id') || undefined))
      return ''
    case 'a':
      return linked(inner(), read('href'))
    default:
      return inner()
  }
}

/** Only addresses that a browser may open become links. */
function linked(label: string, href: string): string {
  if (!/^(?:https?|mailto):/i.test(href)) return label
  return label === '' || label === href ? href : `[${label}](${href})`
}
