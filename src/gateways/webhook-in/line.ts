import { texts, type Lang } from '../../i18n/index.js'
import type { HookRequest } from '../hook.js'
import { fromAlertmanager } from './alertmanager.js'
import { readBody, readParts } from './body.js'
import { fromDiscord } from './discord.js'
import { linesOf } from './fields.js'
import { fromGithub } from './github.js'
import { HookError } from './hook-error.js'
import { fromSlack, type HookLine } from './slack.js'

type Sent = Pick<HookRequest, 'form' | 'raw' | 'type' | 'header'>

/**
 * What a request says, in the form that its address names. Of files that came with it their names are said.
 * @param lang Of the room, for words that are not the sender's. @throws {HookError}
 */
export async function lineOf(sent: Sent, lang: Lang): Promise<HookLine> {
  const { raw, type, header } = sent
  if (type !== 'multipart/form-data') {
    const body = readBody(raw, type)
    return 'text' in body ? body : fromPayload(sent, body.payload, lang)
  }
  const { payload, files } = await readParts(raw, header('content-type'))
  const named = files.map((name) => `${texts[lang].hooks.segments.file} ${name}`)
  try {
    const line = fromPayload(sent, payload, lang)
    return { ...line, text: linesOf(line.text, ...named) }
  } catch (error) {
    if (named.length === 0 || !(error instanceof HookError && error.fault === 'no_text'))
      throw error
    return { text: linesOf(...named) }
  }
}

function fromPayload({ form, header }: Sent, payload: unknown, lang: Lang): HookLine {
  switch (form) {
    case 'discord':
      return fromDiscord(payload)
    case 'github':
      return fromGithub(header('x-github-event') || 'event', payload, lang)
    case 'alertmanager':
      return fromAlertmanager(payload, lang)
    default:
      return fromSlack(payload)
  }
}
