import { createParser } from 'eventsource-parser'
import type { MessageContext } from '../../plugin.js'
import { fromSlack } from '../webhook-in/slack.js'
import { HookError } from '../webhook-in/hook-error.js'

/** Characters of an answer that are read; the rest of it is left on the line. */
const MOST = 64 * 1024
/** The same of one that comes in events: each piece of text has an envelope. */
const MOST_EVENTS = 64 * MOST

/**
 * Says what a receiver answered: words as they are, Slack's form, or a stream in the events of Poe's bots
 * (`text`, `replace_response`, `error`, `done`; https://creator.poe.com/docs/server-bots/poe-protocol-specification).
 * An empty answer says nothing.
 */
export async function sayAnswer(ctx: MessageContext, response: Response): Promise<void> {
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim()
  if (type === 'text/event-stream') return grow(ctx, response)
  const text = (await readText(response)).trim()
  if (text === '') return
  if (type === 'application/json') return saySlack(ctx, text)
  if (type === 'text/plain') return void (await ctx.reply(text, { quote: true }))
  ctx.failed('answer-type')
}

/** `{response_type: 'in_channel' | 'ephemeral', text, blocks, attachments}`; without a type, of a command, only who asked sees it. */
async function saySlack(ctx: MessageContext, text: string): Promise<void> {
  try {
    const payload: unknown = JSON.parse(text)
    const { text: said } = fromSlack(payload)
    await ctx.reply(said, isWhisper(payload, ctx) ? { whisper: true } : { quote: true })
  } catch (error) {
    if (error instanceof HookError && error.fault === 'no_text') return // `{}` and `{"ok": true}` say nothing
    if (!(error instanceof HookError) && !(error instanceof SyntaxError)) throw error
    ctx.failed('answer-form')
  }
}

/** Is an answer for who asked alone? Of a command it is, unless it says otherwise. */
export function isWhisper(payload: unknown, { trigger }: Pick<MessageContext, 'trigger'>): boolean {
  const type = payload instanceof Object && 'response_type' in payload && payload.response_type
  return type ? type === 'ephemeral' : trigger?.kind === 'command'
}

async function grow(ctx: MessageContext, { body }: Response): Promise<void> {
  const draft = ctx.stream()
  let ended: 'done' | 'error' | undefined
  let left = MOST_EVENTS
  const parser = createParser({
    maxBufferSize: MOST,
    onError({ type }) {
      if (type === 'max-buffer-size-exceeded') ended ??= 'error'
    },
    onEvent({ event, data }) {
      if (event === 'text') draft.write(textIn(data))
      if (event === 'replace_response') draft.replace(textIn(data))
      if (event === 'error') ended = 'error'
      if (event === 'done') ended ??= 'done'
    },
  })
  const decoder = new TextDecoder()
  for await (const chunk of body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    left -= chunk.length
    if (ended || left < 0 || draft.signal.aborted) break
  }
  if (ended !== 'done') ctx.failed(ended ?? 'truncated')
  await draft.end(ended ?? 'error')
}

/** `{"text": "…"}`; anything else is no text. */
function textIn(data: string): string {
  try {
    const read: unknown = JSON.parse(data)
    return read instanceof Object && 'text' in read ? String(read.text) : ''
  } catch {
    return ''
  }
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MOST) break
  }
  return text.slice(0, MOST)
}
