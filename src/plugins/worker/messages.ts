import type { ToolNews } from '../../bots/speaking/voice.js'
import type { Command } from '../../bots/hearing/wakes.js'
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
} from '../../plugin.js'
import type { CheckedOptions } from '../module/host.js'
import type { FaultData } from '../module/module-fault.js'
import type { SectionKind } from '../module/module.js'

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
  /** `counts`: it says what is left for somebody. */
  bots: { options: CheckedOptions; counts: boolean }[]
  commands: Command[]
  nicknames: number
}

/** What the worker tells of a module that it has loaded. */
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
  /** The same for all that is done with one message. */
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
  /** What woke a bot. */
  trigger?: Trigger
  /** Behind a command; otherwise empty. */
  args: string
}

/** What a run asks for, and of which shape. */
export interface Questions {
  /** Of a bot: the one behind it. */
  next: null
  reply: { text: string; options: ReplyOptions }
  edit: { id: number; text: string; options: EditOptions }
  answers: number
  answer: { id: number; choices: readonly string[] }
  recall: number
  mute: number
  typing: null
  tools: { what: ToolNews; names: readonly string[] }
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
  next: undefined
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
  tools: undefined
  members: readonly Member[]
  history: Awaited<ReturnType<RoomView['history']>>
}

/** What the server tells a run that goes on. */
export type ToRun = Extract<ToWorker, { run: number; step: number }>

/** Everything that the server says to a worker. */
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
  /** Whether it has time. */
  | { type: 'hello'; ask: number }
  /** Whether a bot's expressions match a text. */
  | { type: 'match'; ask: number; part: Part; text: string }
  /** What a bot still answers of what somebody may ask. */
  | { type: 'rest'; ask: number; part: Part; asker: { room: string; person: number } }
  /** A message for a bot or a command. */
  | { type: 'run'; run: number; part: Part; context: ContextData }
  /** A message for plugins that stand behind each other. @see Progress about its cell. */
  | { type: 'line'; run: number; cell: number; parts: Part[]; context: ContextData }
  /** What is behind those plugins is done with it. */
  | { type: 'delivered'; run: number; id: number; at: number; error?: string }
  | { type: 'called'; run: number; step: number; call: number; value?: unknown; error?: string }
  | { type: 'abort'; run: number; step: number; reason: string }
  /** A draft of a run is over, whoever ended it. */
  | { type: 'over'; run: number; step: number; draft: number; reason: string }
  | { type: 'ping' }

/** Which of the plugins that have a message asks; 0 of a bot and a command. */
interface OfStep {
  run: number
  step: number
}

/** A question of a plugin's, which waits for its answer. */
export type Call = {
  [What in keyof Questions]: OfStep & {
    type: 'call'
    call: number
    what: What
    arg: Questions[What]
  }
}[keyof Questions]

/** What a plugin wants done in the room. */
export type Wish =
  | Call
  | (OfStep & { type: 'stream'; draft: number })
  | (OfStep & { type: 'grow'; draft: number; how: 'write' | 'replace'; text: string })
  | (OfStep & { type: 'end'; call: number; draft: number; reason: DraftEnd })
  /** `ctx.log` of a bot that has a message in hand. */
  | (OfStep & { type: 'wrote'; level: LogLevel; message: string; details?: object })
  /** `ctx.failed`. */
  | (OfStep & { type: 'note'; kind: string; details?: object })

/** A plugin that failed at a line. */
export interface StepFault {
  step: number
  fault: FaultData
  /** The line had gone on. */
  begun: boolean
  refused: boolean
}

/** How a line fares among plugins. */
export type Way =
  /** These have seen it: on it goes, with this text. */
  | { type: 'next'; run: number; upTo: number; text: string; faults: StepFault[] }
  /** Through, and back; or one of them will not have it. */
  | {
      type: 'walked'
      run: number
      faults: StepFault[]
      denied?: { step: number; sentence: string }
    }

/** How a bot or a command came to its end. */
export type Outcome =
  | { type: 'done'; run: number; value?: string }
  | { type: 'failed'; run: number; fault: FaultData }
  | { type: 'denied'; run: number; sentence: string }

/** What comes of one message. */
export type OfRun = Wish | Way | Outcome

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Everything that a worker says. */
export type FromWorker =
  | { type: 'answer'; ask: number; value?: unknown; fault?: FaultData }
  | OfRun
  | {
      type: 'log'
      key: string
      level: LogLevel
      message: string
      details?: object
    }
  /** What it takes beside its heap, in bytes. */
  | { type: 'pong'; outside: number }
