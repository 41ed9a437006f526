import { z } from 'zod'
import { linesOf, link, listOf, words } from './fields.js'
import { HookError } from './hook-error.js'
import type { HookLine } from './slack.js'

const embed = z.object({
  title: words,
  description: words,
  url: words,
  author: z.object({ name: words, url: words }).optional().catch(undefined),
  footer: z.object({ text: words }).optional().catch(undefined),
  image: z.object({ url: words }).optional().catch(undefined),
  fields: listOf(z.object({ name: words, value: words }), 25),
})
const message = z.object({ content: words, username: words, embeds: listOf(embed, 10) })

/**
 * Reads a message in Discord's form, whose markup is Markdown already
 * (https://discord.com/developers/docs/resources/webhook#execute-webhook).
 * @throws {HookError} `invalid_payload`: no object; `no_text`: nothing in it can be shown.
 */
export function fromDiscord(payload: unknown): HookLine {
  const read = message.safeParse(payload)
  if (!read.success) throw new HookError('invalid_payload')
  const { content, username, embeds } = read.data
  const text = linesOf(content, ...embeds.map(fromEmbed))
  if (text === '') throw new HookError('no_text')
  return { text, ...(username && { as: username }) }
}

function fromEmbed({ title, description, url, author, footer, image, fields }: Embed): string {
  return linesOf(
    author?.name && link(author.name, author.url),
    title && `**${link(title, url)}**`,
    description,
    ...fields.map(({ name, value }) => [name && `**${name}**`, value].filter(Boolean).join(': ')),
    image?.url && link(image.url, image.url),
    footer?.text,
  )
}

type Embed = z.output<typeof embed>
