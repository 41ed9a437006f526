import { z } from 'zod'
import { linesOf, link, listOf, words } from './fields.js'
import { HookError } from './hook-error.js'
import { fromMrkdwn } from './mrkdwn.js'

/** What a hook says: as whom, in words of the sender's; and what. */
export interface HookLine {
  /** Another name than the bot's own, if the sender gives one. */
  as?: string
  /** Markdown. */
  text: string
  /** Which room it asks for, without `#`. */
  channel?: string
}

/** Text of a block: `{type: 'mrkdwn', text}` or `plain_text`. */
const blockText = z.object({ type: words, text: words })
const block = z.object({
  type: words,
  text: blockText.optional().catch(undefined),
  fields: listOf(blockText, 10),
  elements: z.unknown().optional(),
  alt_text: words,
  image_url: words,
})
const attachment = z.object({
  pretext: words,
  title: words,
  title_link: words,
  text: words,
  fallback: words,
  footer: words,
  color: words,
  image_url: words,
  fields: listOf(z.object({ title: words, value: words }), 20),
  blocks: z.unknown().optional(),
})
const message = z.object({
  text: words,
  username: words,
  channel: words,
  blocks: listOf(block, 50),
  attachments: listOf(attachment, 20),
})

/**
 * Reads a message in Slack's form, as Slack, Mattermost, Grafana and Alertmanager send it. Some send no `text` at all,
 * only attachments: whatever has words is shown, so that no bubble is empty.
 * @throws {HookError} `invalid_payload`: no object; `no_text`: nothing in it can be shown.
 */
export function fromSlack(payload: unknown): HookLine {
  const read = message.safeParse(payload)
  if (!read.success) throw new HookError('invalid_payload')
  const { text, username, channel, blocks, attachments } = read.data
  const head = blocks.length > 0 ? linesOf(...blocks.map(fromBlock)) : ''
  const body = linesOf(head || (text && fromMrkdwn(text)), ...attachments.map(fromAttachment))
  if (body === '') throw new HookError('no_text')
  return {
    text: body,
    ...(username && { as: username }),
    ...(channel && { channel: channel.replace(/^#/, '') }),
  }
}

function fromBlock({ type, text, fields, elements, alt_text, image_url }: Block): string {
  switch (type) {
    case 'header':
      return text?.text ? `**${text.text}**` : ''
    case 'section':
      return linesOf(fromText(text), ...fields.map(fromText))
    case 'context':
      return listOf(aside, 10).parse(elements).map(fromAside).filter(Boolean).join(' ')
    case 'image':
      return link(alt_text ?? image_url ?? '', image_url)
    case 'rich_text':
      return plainOf(elements).trim()
    default:
      return ''
  }
}

type Block = z.output<typeof block>
type BlockText = z.output<typeof blockText>

/** A small image or a text beside others. */
const aside = z.object({ type: words, text: words, alt_text: words })
const fromAside = ({ type, text, alt_text }: z.output<typeof aside>): string =>
  fromText({ type, text }) || (alt_text ?? '')

const fromText = (one: BlockText | undefined): string =>
  (one?.type === 'mrkdwn' ? fromMrkdwn(one.text ?? '') : one?.text) ?? ''

const rich = z.object({
  type: words,
  text: z.string().optional().catch(undefined),
  url: words,
  name: words,
  elements: z.unknown().optional(),
})

/** The words of rich text, whatever stands around them. */
function plainOf(elements: unknown): string {
  return listOf(rich, 200)
    .parse(elements)
    .map(({ type, text, url, name, elements: inner }) => {
      if (type === 'link') return link(text ?? url ?? '', url)
      if (type === 'emoji' && name) return `:${name}:`
      const inside = inner === undefined ? '' : plainOf(inner)
      return (text ?? '') + inside + (type?.startsWith('rich_text_') ? '\n' : '')
    })
    .join('')
}

function fromAttachment(one: z.output<typeof attachment>): string {
  const { pretext, title, title_link, text, fallback, footer, color, image_url, fields } = one
  const said = linesOf(
    pretext && fromMrkdwn(pretext),
    title && `**${link(fromMrkdwn(title), title_link)}**`,
    text && fromMrkdwn(text),
    ...listOf(block, 50).parse(one.blocks).map(fromBlock),
    ...fields.map(fromField),
    image_url && link(image_url, image_url),
    footer && fromMrkdwn(footer),
  )
  const shown = said || (fallback ? fromMrkdwn(fallback) : '')
  return shown && `${stripeOf(color)}${shown}`
}

const fromField = ({ title, value }: { title?: string | undefined; value?: string | undefined }) =>
  [title, value && fromMrkdwn(value)].filter(Boolean).join(': ')

/** The colour at an attachment's side says how bad it is; a line of ours has no side. */
const stripes: Readonly<Record<string, string>> = { good: '🟢 ', warning: '🟡 ', danger: '🔴 ' }
const stripeOf = (color: string | undefined): string => stripes[color ?? ''] ?? ''
