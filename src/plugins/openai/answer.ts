import type { Draft, MessageContext } from '../../plugin.js'
import type { Asker, Budget } from './budget.js'
import { complete, type Completion } from './complete.js'
import type { ModelMessage } from './context.js'
import { Failure } from './failure.js'
import { persist, type PersistOptions } from './persist.js'
import type { Service } from './post.js'
import { question, type QuestionOptions } from './question.js'
import { Speech } from './speech.js'

export interface AnswerOptions extends QuestionOptions {
  service: Service
  model: string
  /** 0 to 2; absent: as the service has it. */
  temperature?: number
  /** Tokens of one answer; 0: as the service has it. */
  maxTokens: number
  /** How long the service may take to its first byte, between two, and in all, in milliseconds. */
  firstByte: number
  idle: number
  total: number
  /** Somebody counts tokens. */
  counted: boolean
  budget: Budget
  /** Waits before another try. */
  pause?: PersistOptions['pause']
}

/**
 * Writes a model's answer into the room, as far as it comes.
 * @returns why it is not all of one.
 */
export async function answer(
  ctx: MessageContext,
  options: AnswerOptions,
): Promise<Failure | undefined> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Failure('timeout')), options.total)
  const draft = ctx.stream()
  try {
    const { messages, own, others } = await question(ctx, options)
    const told = new Told(draft, () => new Speech(own, others))
    const signal = AbortSignal.any([ctx.signal, draft.signal, late.signal])
    const most = mostTokens(options, askerOf(ctx))
    const ended = await ask(bodyOf(messages, most, options), told, signal, options)
    options.budget.spend(tokensOf(ended, messages, told.text), askerOf(ctx))

    const failure = failureIn(ended, told.text)
    await draft.end(endOf(ended, failure))
    return failure
  } finally {
    clearTimeout(timer)
  }
}

/** What was written so far. */
class Told {
  text = ''
  readonly #draft: Draft
  readonly #anew: () => Speech
  #speech: Speech

  constructor(draft: Draft, speech: () => Speech) {
    this.#draft = draft
    this.#anew = speech
    this.#speech = speech()
  }

  /** Another try: what was held back of the last one is forgotten. */
  begin(): void {
    this.#speech = this.#anew()
  }

  readonly hear = (piece: string): boolean => {
    this.#write(this.#speech.hear(piece))
    return !this.#speech.over
  }

  finish(): void {
    this.#write(this.#speech.rest())
  }

  #write(text: string): void {
    this.text += text
    this.#draft.write(text)
  }
}

async function ask(
  body: object,
  told: Told,
  signal: AbortSignal,
  options: AnswerOptions,
): Promise<Completion | Failure> {
  const { service, firstByte, idle, pause } = options
  const once = () => {
    told.begin()
    return complete({ service, body, firstByte, idle, signal }, told.hear)
  }
  try {
    const begun = () => told.text !== ''
    return await persist(once, { begun, signal, ...(pause && { pause }) })
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  } finally {
    told.finish()
  }
}

const askerOf = ({ room, user }: MessageContext): Asker => ({ room: room.name, person: user.id })

const mostTokens = ({ maxTokens, budget }: AnswerOptions, asker: Asker): number =>
  Math.min(maxTokens > 0 ? maxTokens : Infinity, budget.left(asker))

function bodyOf(messages: readonly ModelMessage[], most: number, options: AnswerOptions): object {
  const { model, temperature, counted } = options
  return {
    model,
    messages,
    ...(temperature !== undefined && { temperature }),
    ...(most < Infinity && { max_tokens: most }),
    // Not every service knows it, so it is asked for only where somebody counts.
    ...(counted && { stream_options: { include_usage: true } }),
  }
}

/** As counted by the service; otherwise about one for each two characters, if there was an answer. */
function tokensOf(
  ended: Completion | Failure,
  messages: readonly ModelMessage[],
  text: string,
): number {
  if (!(ended instanceof Failure) && ended.tokens !== undefined) return ended.tokens
  if (text === '') return 0
  const asked = messages.reduce((sum, { content }) => sum + content.length, 0)
  return Math.ceil((asked + text.length) / 2)
}

function failureIn(ended: Completion | Failure, text: string): Failure | undefined {
  if (ended instanceof Failure) return ended
  if (ended.finish === 'content_filter') return new Failure('content_filter')
  return text.trim() === '' ? new Failure('empty') : undefined
}

function endOf(ended: Completion | Failure, failure: Failure | undefined) {
  if (failure?.kind === 'cancelled') return 'cancelled'
  if (failure) return 'error'
  return 'finish' in ended && ended.finish === 'length' ? 'cut' : 'done'
}
