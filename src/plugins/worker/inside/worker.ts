import { getPriority, platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { Middleware, PluginLog } from '../../../plugin.js'
import { matchIn, type Match, type Wakes } from '../../../bots/hearing/wakes.js'
import { LOG_CHARS } from '../../log-line.js'
import { aMillisecond, bound, hush, LineQuota } from '../bounds.js'
import { createHost, undo, type Registry } from '../../module/host.js'
import { loadModule, read } from './load-module.js'
import { faultData } from '../../module/module-fault.js'
import { pluginOf, type LoadedPlugin } from '../../module/module.js'
import { plain } from './plain.js'
import { Progress } from '../progress.js'
import { Rejection } from '../../chain/rejection.js'
import { unawaited } from './unawaited.js'
import { WorkerContext } from './context.js'
import { WorkerLine, type WorkerStep } from './line.js'
import { WorkerStates } from './states.js'
import type {
  ContextData,
  Description,
  FromWorker,
  Manifest,
  Part,
  ToRun,
  ToWorker,
  WorkerSection,
} from '../messages.js'

/**
 * The thread in which users' own plugins and bots run. A mistake there (an endless loop, `process.exit`,
 * too much memory) costs this thread and not the server.
 */

interface Loaded {
  section: WorkerSection
  plugin: LoadedPlugin
  log: PluginLog
  /** Of its log. */
  quota: LineQuota
  stop: AbortController
  registry?: Registry
}

const NICE = 5

const port = parentPort
if (!port) throw new Error('this file is a worker thread')

// People's lines come first: a plugin that keeps a core busy must not take it from the server's own thread.
// Elsewhere than on Linux this would hold for the whole process.
if (platform() === 'linux') setPriority(Math.min(getPriority() + NICE, 19))

hush(console, ['log', 'info', 'debug'], bound(process.stdout))
hush(console, ['warn', 'error'], bound(process.stderr))

const sections = new Map<string, Loaded>()
const lines = new Map<number, WorkerLine>()
/** Of bots and commands. */
const runs = new Map<number, { take(message: ToRun): void }>()
const states = new WorkerStates()
const progress = new Progress(workerData)

/** The expressions of triggers, as they are used. */
const expressions = new WeakMap<Wakes, RegExp[]>()

const post = (message: FromWorker): void => port.postMessage(message)

// A promise that nobody awaits is a mistake of one plugin; the others here should not pay for it.
const unawaitedLines = new LineQuota()
process.on('unhandledRejection', (error) => {
  const leftOut = unawaitedLines.take()
  if (leftOut === undefined) return
  const files = [...sections].map(([key, { section }]): [string, string] => [key, section.file])
  const more = leftOut > 0 && { details: { leftOut } }
  post({ type: 'log', level: 'warn', ...unawaited(error, files), ...more })
})

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'ping':
      return pong()
    case 'describe':
      return answer(message.ask, () => describe(message.section), message.section.file)
    case 'setup':
      return answer(message.ask, () => setup(message.key, message.config), fileOf(message.key))
    case 'nickname':
      return answer(message.ask, () => nickname(message))
    case 'match':
      return answer(message.ask, () => match(message.part, message.text))
    case 'rest':
      return answer(message.ask, () => rest(message))
    case 'hello':
      return answer(message.ask, () => undefined)
    case 'stop':
      return answer(message.ask, () => stop(message.key))
    case 'run':
      return void run(message.run, message.part, message.context)
    case 'line':
      return void line(message)
    case 'delivered':
      return lines.get(message.run)?.take(message)
    default:
      return (lines.get(message.run) ?? runs.get(message.run))?.take(message)
  }
})

pong() // it is there: from now on its heart is listened to

/** Buffers are not of the heap, which alone V8 bounds. */
function pong(): void {
  post({ type: 'pong', outside: process.memoryUsage().external })
}

function answer(ask: number, work: () => unknown, file?: string): void {
  new Promise((resolve) => resolve(work())).then(
    (value) => post({ type: 'answer', ask, value }),
    (error: unknown) => post({ type: 'answer', ask, fault: faultData(error, file) }),
  )
}

async function describe(section: WorkerSection): Promise<Description> {
  const { file, kind, hear, text = read(file) } = section
  const plugin = pluginOf(await loadModule(file, text), kind, hear)
  const quota = newQuota()
  sections.set(section.key, {
    section,
    plugin,
    log: logOf(section.key, quota),
    quota,
    stop: new AbortController(),
  })
  return { config: plain(plugin.config), text }
}

async function setup(key: string, config: Record<string, unknown>): Promise<Manifest> {
  const loaded = known(key)
  const { host, registry, seal } = createHost(loaded.section.name, loaded.log, loaded.stop.signal)
  await loaded.plugin.setup(host, Object.freeze(config))
  seal()
  loaded.registry = registry
  return {
    middleware: registry.middleware.map(({ timeout }) =>
      timeout === undefined ? {} : { timeout },
    ),
    bots: registry.bots.map(({ options: { rest, ...options } }) => ({
      options: plain(options),
      counts: rest !== undefined,
    })),
    commands: registry.commands.map(({ run: _run, ...command }) => plain(command)),
    nicknames: registry.nicknames.length,
  }
}

function match({ section, index }: Part, text: string): Match | undefined {
  const { triggers } = known(section).registry?.bots[index]?.options ?? {}
  if (!triggers) return undefined
  const compiled =
    expressions.get(triggers) ??
    triggers.regexes.map(({ source, flags }) => new RegExp(source, flags))
  expressions.set(triggers, compiled)
  return matchIn(compiled, text)
}

async function rest({ part, asker }: Extract<ToWorker, { type: 'rest' }>): Promise<unknown> {
  const count = known(part.section).registry?.bots[part.index]?.options.rest
  const counting: unknown = count?.(asker)
  const counted = await counting
  return Array.isArray(counted) ? plain(counted) : counted
}

function nickname({ key, index, lang, taken }: Extract<ToWorker, { type: 'nickname' }>): unknown {
  const names = new Set(taken)
  return known(key).registry?.nicknames[index]?.({ lang, taken: (name) => names.has(name) })
}

/** @param key Of the section; without it all of them. */
async function stop(key?: string): Promise<void> {
  const ended = [...sections.values()].filter(({ section }) => (key ?? section.key) === section.key)
  for (const { section, stop, registry, log } of ended.toReversed()) {
    stop.abort(new Error(key === undefined ? 'the server closes' : 'the plugin is taken away'))
    sections.delete(section.key)
    if (registry) await undo(registry, log)
  }
}

/** One line through plugins, one inside the other. */
async function line({ run, cell, parts, context }: Extract<ToWorker, { type: 'line' }>) {
  const state = states.hold(context.line)
  const steps = parts.map(stepOf)
  const walked = new WorkerLine({ run, cell, progress, steps, data: context, state, post })
  lines.set(run, walked)
  await walked.walk()
  lines.delete(run)
  states.release(context.line)
}

/** As it is now: a line on its way goes on through what it met. */
function stepOf({ section: key, index }: Part): WorkerStep {
  const { section, log = logOf(key), registry } = sections.get(key) ?? {}
  const { run = unknownNow } = registry?.middleware[index] ?? {}
  return { run, log, ...(section && { file: section.file }) }
}

/** One message through one bot or command. */
async function run(id: number, part: Part, data: ContextData): Promise<void> {
  const { quota } = sections.get(part.section) ?? {}
  const log = logOf(part.section, quota, id)
  const state = states.hold(data.line)
  const around = { data, line: { ...data.message }, turn: { fixed: true }, state, log }
  const ctx = new WorkerContext(around, { run: id, step: 0, post })
  runs.set(id, {
    take: (message) =>
      message.type === 'abort' ? ctx.abort(new Error(message.reason)) : ctx.take(message),
  })
  try {
    const value = await work(part, data)(ctx, () => ctx.next())
    await ctx.settled()
    post({ type: 'done', run: id, ...(typeof value === 'string' && { value }) })
  } catch (error) {
    ctx.flush()
    if (error instanceof Rejection) post({ type: 'denied', run: id, sentence: error.message })
    else post({ type: 'failed', run: id, fault: faultData(error, fileOf(part.section)) })
  } finally {
    ctx.close()
    runs.delete(id)
    states.release(data.line)
  }
}

const fileOf = (key: string): string | undefined => sections.get(key)?.section.file

function work({ section, list, index }: Part, { args }: ContextData): Middleware {
  const registry = known(section).registry
  const command = registry?.commands[index]
  if (list === 'commands' && command) return (ctx) => command.run(ctx, args)
  return registry?.bots[index]?.run ?? unknownNow
}

function unknownNow(): never {
  throw new Error('it did not register this again after the restart')
}

const newQuota = (): LineQuota => new LineQuota({ pause: aMillisecond })

/** @param run The message that it has in hand: as long as it has, the server knows to which its lines belong. */
function logOf(key: string, quota = newQuota(), run?: number): PluginLog {
  const write = (level: keyof PluginLog) => (message: string, details?: object) => {
    const leftOut = quota.take()
    if (leftOut === undefined) return
    const about = { ...(details && plain(details)), ...(leftOut > 0 && { leftOut }) }
    const more = Object.keys(about).length > 0 ? { details: about } : {}
    const line = { level, message: String(message).slice(0, LOG_CHARS), ...more }
    if (run !== undefined && runs.has(run)) post({ type: 'wrote', run, step: 0, ...line })
    else post({ type: 'log', key, ...line })
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

function known(key: string): Loaded {
  const loaded = sections.get(key)
  if (!loaded) throw new Error(`${key} is not loaded`)
  return loaded
}
