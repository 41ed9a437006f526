import type { MessageContext } from '../../../plugin.js'
import type { Asker, Budget } from './budget.js'
import { complete, type Completion } from './complete.js'
import type { ModelMessage, ToolMessage } from './context.js'
import { Failure, failureOf } from './failure.js'
import { persist, type PersistOptions } from './persist.js'
import type { Service } from './post.js'
import { question, type QuestionOptions } from './question.js'
import { Speech } from './speech.js'
import { Told } from './told.js'
import type { ToolCall } from './tools/calls.js'
import type { Result, Toolbox, Tools } from './tools/toolbox.js'

/** How often a model may ask for tools before it has to answer. */
const ROUNDS = 4

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
  /** What it may use. */
  toolbox?: Toolbox
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
    const signal = AbortSignal.any([ctx.signal, draft.signal, late.signal])
    const tools = await toolsFor(ctx, options, signal)
    const { messages, own, others } = await question(ctx, options, tools !== undefined)
    const told = new Told(draft, () => new Speech(own, others))
    const ended = await converse(ctx, messages, { told, signal, tools, options })

    const failure = failureIn(ended, told.text)
    await draft.end(endOf(ended, failure))
    return failure
  } finally {
    clearTimeout(timer)
  }
}

/** What it may use for this answer; the room reads what it has to do without. */
async function toolsFor(
  ctx: MessageContext,
  { toolbox }: AnswerOptions,
  signal: AbortSignal,
): Promise<Tools | undefined> {
  const tools = await toolbox?.open(signal)
  if (tools && tools.missed.length > 0) void ctx.tools('missed', tools.missed)
  return tools && tools.size > 0 ? tools : undefined
}

/** How an answer came to its end; `asked`: its tools did not bring it to one. */
type Ended = (Completion & { asked?: true }) | Failure

interface Conversation {
  told: Told
  signal: AbortSignal
  tools: Tools | undefined
  options: AnswerOptions
}

/** Asks, lets tools do what the model wants of them, and asks again, a few times. */
async function converse(
  ctx: MessageContext,
  question: readonly ModelMessage[],
  { told, signal, tools, options }: Conversation,
): Promise<Ended> {
  const { budget } = options
  const asker = askerOf(ctx)
  const messages: (ModelMessage | ToolMessage)[] = [...question]
  for (let round = 0; ; round++) {
    const before = told.text.length
    const body = bodyOf(messages, mostTokens(options, asker), options)
    const offer = tools && { tools: tools.forModel(), ...(round === ROUNDS && LAST) }
    const ended = await ask({ ...body, ...offer }, told, signal, options)
    const said = told.text.slice(before)
    budget.spend(tokensOf(ended, messages, said), asker)
    if (ended instanceof Failure || !tools || !ended.calls) return ended
    if (round === ROUNDS || budget.left(asker) === 0) return { ...ended, asked: true }

    void ctx.tools('used', tools.namesOf(ended.calls))
    const results = await tools.run(ended.calls, signal).catch(() => undefined)
    if (!results || signal.aborted) return failureOf(signal)
    messages.push(...afterwards(said, ended.calls, results))
  }
}

/** It has asked enough: now it must answer. */
const LAST = { tool_choice: 'none' }

function afterwards(
  content: string,
  calls: readonly ToolCall[],
  results: readonly Result[],
): ToolMessage[] {
  const tool_calls = calls.map(({ id, name, args }) => ({
    id,
    type: 'function' as const,
    // Services refuse a question that holds broken JSON.
    function: { name, arguments: isJson(args) ? args : '{}' },
  }))
  const answers = results.map(({ id, text }) => ({
    role: 'tool' as const,
    tool_call_id: id,
    content: text,
  }))
  return [{ role: 'assistant', content, tool_calls }, ...answers]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function ask(
  body: object,
  told: Told,
  signal: AbortSignal,
  options: AnswerOptions,
): Promise<Completion | Failure> {
  const { service, firstByte, idle, pause } = options
  const before = told.text
  const once = () => {
    told.begin()
    return complete({ service, body, firstByte, idle, signal }, told.hear)
  }
  try {
    const begun = () => told.text !== before
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

function bodyOf(messages: readonly object[], most: number, options: AnswerOptions): object {
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
  messages: readonly { content: string }[],
  text: string,
): number {
  const { tokens, calls = [] } = ended instanceof Failure ? {} : ended
  if (tokens !== undefined) return tokens
  const wished = calls.reduce((sum, { name, args }) => sum + name.length + args.length, 0)
  if (text.length + wished === 0) return 0
  const asked = messages.reduce((sum, { content }) => sum + content.length, 0)
  return Math.ceil((asked + text.length + wished) / 2)
}

function failureIn(ended: Ended, text: string): Failure | undefined {
  if (ended instanceof Failure) return ended
  if (ended.finish === 'content_filter') return new Failure('content_filter')
  if (text.trim() !== '') return undefined
  return new Failure(ended.asked ? 'tools' : 'empty')
}

function endOf(ended: Ended, failure: Failure | undefined) {
  if (failure?.kind === 'cancelled') return 'cancelled'
  if (failure) return 'error'
  return 'finish' in ended && ended.finish === 'length' ? 'cut' : 'done'
}
