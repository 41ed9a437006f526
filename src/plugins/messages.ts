import type { Command } from '../bots/wakes.js'
import type {
  Answers as CardAnswers,
  BotValues,
  DraftEnd,
  EditOptions,
  Field,
  Hear,
  Member,
  ReplyOptions,
  RoomView,
  Trigger,
} from '../plugin.js'
import type { CheckedOptions } from './host.js'
import type { FaultData } from './module-fault.js'
import type { SectionKind } from './module.js'

/** What goes between the server and the plugins' worker. Plain data: it is copied. */

/** A section as the worker knows it. */
export interface WorkerSection {
  /** `kind:name`, and behind a `#` which time it was loaded: two versions may be there at once. */
  key: string
  kind: SectionKind
  name: string
  /** The module. */
  file: string
  /** What a bot hears that is a function alone. */
  hear?: Hear
  /** What its file held when it was loaded: so it comes again, whatever became of the file meanwhile. */
  text?: string
}

/** What the setup of a plugin in the worker registered. */
export interface Manifest {
  middleware: { timeout?: number }[]
  bots: CheckedOptions[]
  commands: Command[]
  nicknames: number
}

export interface Description {
  config: Record<string, Field>
  /** What was loaded. */
  text: string
}

/** Which of a section's registrations. */
export interface Part {
  section: string
  list: 'middleware' | 'bots' | 'commands'
  index: number
}

/** A message's context, as far as it is data. */
export interface ContextData {
  /** The same for all plugins around one message. */
  line: number
  room: { name: string; title: string }
  user: Member
  bot?: Member
  lang: 'zh-CN' | 'en'
  message: {
    id: number
    at: number
    hop: number
    text: string
    replyTo?: number
    edits?: number
    mentions: readonly number[]
  }
  /** A bot may not change what is delivered. */
  frozen: boolean
  /** What woke a bot. */
  trigger?: Trigger
  /** Behind a command; otherwise empty. */
  args: string
}

/** What a run asks for, and of which shape. */
export interface Questions {
  reply: { text: string; options: ReplyOptions }
  edit: { id: number; text: string; options: EditOptions }
  answers: number
  answer: { id: number; choices: readonly string[] }
  recall: number
  mute: number
  typing: null
  members: null
  history: number
  get: string
  /** `value` is JSON. */
  set: { key: string; value: string }
  delete: string
  list: string
}

/** What it gets. */
export interface Answers {
  reply: number
  get: unknown
  set: undefined
  delete: boolean
  list: Awaited<ReturnType<BotValues['list']>>
  edit: undefined
  recall: undefined
  answers: CardAnswers
  answer: undefined
  mute: boolean
  typing: undefined
  members: readonly Member[]
  history: Awaited<ReturnType<RoomView['history']>>
}

/** What the server tells a run that goes on. */
export type ToRun = Extract<ToWorker, { type: 'delivered' | 'called' | 'abort' | 'over' }>

export type ToWorker =
  | { type: 'describe'; ask: number; section: WorkerSection }
  | { type: 'setup'; ask: number; key: string; config: Record<string, unknown> }
  | {
      type: 'nickname'
      ask: number
      key: string
      index: number
      lang: 'zh-CN' | 'en'
      taken: string[]
    }
  /** One section, or all of them. */
  | { type: 'stop'; ask: number; key?: string }
  /** Whether a bot's expressions match a text. */
  | { type: 'match'; ask: number; part: Part; text: string }
  | { type: 'run'; run: number; part: Part; context: ContextData }
  /** `next()` of a run came back. */
  | { type: 'delivered'; run: number; call: number; id: number; at: number; error?: string }
  | { type: 'called'; run: number; call: number; value?: unknown; error?: string }
  | { type: 'abort'; run: number; reason: string }
  /** A draft of a run is over, whoever ended it. */
  | { type: 'over'; run: number; draft: number; reason: string }
  | { type: 'ping' }

export type Call = {
  [What in keyof Questions]: {
    type: 'call'
    run: number
    call: number
    what: What
    arg: Questions[What]
  }
}[keyof Questions]

export type FromWorker =
  | { type: 'answer'; ask: number; value?: unknown; fault?: FaultData }
  | { type: 'next'; run: number; call: number; text: string }
  | Call
  | { type: 'stream'; run: number; draft: number }
  | { type: 'grow'; run: number; draft: number; how: 'write' | 'replace'; text: string }
  | { type: 'end'; run: number; call: number; draft: number; reason: DraftEnd }
  | { type: 'done'; run: number; text: string; value?: string }
  | { type: 'failed'; run: number; fault: FaultData }
  /** `ctx.failed`. */
  | { type: 'note'; run: number; kind: string; details?: object }
  | { type: 'denied'; run: number; sentence: string }
  | {
      type: 'log'
      key: string
      level: 'debug' | 'info' | 'warn' | 'error'
      message: string
      details?: object
    }
  | { type: 'pong' }
