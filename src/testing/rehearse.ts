import { pino } from 'pino'
import type { BotDefinition } from '../bots/definition.js'
import type { Section } from '../config/sections.js'
import { ChatError, Exit, StartError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { loadPlugins, type Plugins } from '../plugins/load.js'
import { reasonOf } from '../plugins/load/reason.js'
import { openCompany, rejectedBy, type Company, type CompanyOptions, type Seen } from './company.js'
import { readTalk, type Cue } from './talk.js'

export interface RehearseOptions {
  /** The bots, each as a section of the configuration. */
  sections: readonly Section[]
  /** What is to be said; absent: a talk that tries what the bots say they can do. */
  talk?: string
  lang: Lang
  configFile?: string
  dataDir: string
  /** Paths in sentences are told from here. */
  folder: string
  /** Told line by line what happens. */
  tell: (what: Happening) => void
  /** How bots' timers are started. */
  every?: CompanyOptions['every']
}

/** What happens in a rehearsal, as it happens. */
export type Happening =
  | { kind: 'says'; name: string; text: string }
  | { kind: 'comes' | 'leaves'; name: string }
  /** `ms` from the line before it to this one; without: its timer had it said, and nobody waited. */
  | {
      kind: 'answers'
      name: string
      text: string
      ms?: number
      alone?: string
      edited?: true
      /** The choices or fields of its card, by id. */
      card?: readonly { id: string; label: string }[]
    }
  /** Somebody presses choices of a card, or fills in its form. */
  | { kind: 'chooses'; name: string; text: string }
  /** What they did does not count. */
  | { kind: 'refused'; name: string; text: string }
  | { kind: 'rejected'; name: string; text: string }
  /** Bots that answer each other, or one that repeats itself: the line that stopped them. */
  | { kind: 'loop'; text: string }
  | { kind: 'error'; text: string }
  /** What a bot wrote into the log, or on its console. */
  | { kind: 'log'; text: string }
  | { kind: 'missed'; line: number; name: string; text: string }
  | { kind: 'wrong'; line: number; text: string }

/** How it went. */
export interface Rehearsed {
  answers: number
  /** The longest answer took so many milliseconds. */
  slowest: number
  /** What timers had said. */
  timed: number
  /** Errors, loops, and lines that did not come. */
  faults: number
}

/**
 * Rehearses bots with simulated people: in the worker and by the clock of the machine, as in a room, but
 * without a server, a store or anybody who could be disturbed.
 * @throws what is wrong with a bot that cannot be loaded.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsed> {
  const { sections, lang, folder, configFile, dataDir } = options
  const went: Rehearsed = { answers: 0, slowest: 0, timed: 0, faults: 0 }
  const tell = (what: Happening) => {
    if (what.kind === 'answers') count(what.ms, went)
    if (FAULTS.has(what.kind)) went.faults += 1
    options.tell(what)
  }

  const log = rehearsalLog(tell, (error) => reasonOf(error, lang, folder))
  const plugins = await loadPlugins([], {
    dataDir,
    log,
    lang,
    ...(configFile !== undefined && { configFile }),
  })
  const prompt = new Prompter(tell)
  const seen = (what: Seen) => prompt.take(what)
  const { every } = options
  const company = await openCompany({ plugins, log, lang, seen, ...(every && { every }) })
  try {
    const bots: BotDefinition[] = []
    for (const section of sections) bots.push(await enter(section, { plugins, company, options }))
    const names = bots.map(({ name }) => name)
    const talk = options.talk ?? sample(bots)
    const { cues, wrong } = readTalk(talk, names)
    for (const slip of wrong) tell({ kind: 'wrong', ...slip })
    for (const cue of cues) await play(cue, { company, prompt, tell, lang })
  } finally {
    await company.close()
    await plugins.close()
  }
  return went
}

function count(ms: number | undefined, went: Rehearsed): void {
  if (ms === undefined) {
    went.timed += 1
    return
  }
  went.answers += 1
  went.slowest = Math.max(went.slowest, ms)
}

/** A bot comes as it comes out of its file. @throws {StartError} why it cannot. */
async function enter(
  section: Section,
  { plugins, company, options }: { plugins: Plugins; company: Company; options: RehearseOptions },
): Promise<BotDefinition> {
  try {
    const newcomer = await plugins.bring(section, section.line === undefined ? { hear: 'all' } : {})
    await company.bots.put(newcomer.bot)
    newcomer.takePlace()
    return newcomer.bot
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError([reasonOf(error, options.lang, options.folder)], Exit.config)
  }
}

const FAULTS: ReadonlySet<Happening['kind']> = new Set([
  'error',
  'loop',
  'missed',
  'wrong',
  'refused',
])

/** Reads along what the bots do. */
class Prompter {
  #since: number | undefined
  /** What was said and is not yet expected. */
  readonly said: { name: string; text: string }[] = []
  readonly #tell: (what: Happening) => void

  constructor(tell: (what: Happening) => void) {
    this.#tell = tell
  }

  /** Somebody did something: what comes now answers it. */
  begins(): void {
    this.#since = performance.now()
  }

  /** Nobody does anything: what comes now, a timer has said. */
  waits(): void {
    this.#since = undefined
  }

  take(what: Seen): void {
    const since = this.#since
    const took = since === undefined ? {} : { ms: Math.round(performance.now() - since) }
    if ('aside' in what) {
      const { by: name, text, to: alone } = what.aside
      this.said.push({ name, text })
      return this.#tell({ kind: 'answers', name, text, alone, ...took })
    }
    const { type, user, data, card } = what.event
    if (type === 'notice') return this.#tell({ kind: 'loop', text: data })
    if (user.kind !== 'bot' || (type !== 'chat' && type !== 'edit')) return
    this.said.push({ name: user.name, text: data })
    const edited = type === 'edit' ? { edited: true as const } : {}
    const asked = card ? { card: card.fields ?? card.choices } : {}
    this.#tell({ kind: 'answers', name: user.name, text: data, ...took, ...edited, ...asked })
  }

  /** Whether a bot said this, and had not been asked for it before. */
  heard(name: string, text: string | RegExp): boolean {
    const at = this.said.findIndex(
      (said) =>
        said.name === name &&
        (typeof text === 'string' ? said.text === text : text.test(said.text)),
    )
    if (at !== -1) this.said.splice(at, 1)
    return at !== -1
  }
}

interface Play {
  company: Company
  prompt: Prompter
  tell: (what: Happening) => void
  lang: Lang
}

async function play(cue: Cue, { company, prompt, tell, lang }: Play): Promise<void> {
  const isHere = (name: string) => company.stage.members().some((member) => member.name === name)
  if (cue.kind === 'expects') {
    const { line, name, text } = cue
    if (!prompt.heard(name, text)) tell({ kind: 'missed', line, name, text: String(text) })
    return
  }
  if (cue.kind === 'waits') prompt.waits()
  else prompt.begins()
  if (cue.kind === 'waits') {
    await new Promise((resolve) => setTimeout(resolve, cue.ms))
  } else if (cue.kind === 'leaves') {
    if (!isHere(cue.name)) return
    tell({ kind: 'leaves', name: cue.name })
    company.leaves(cue.name)
  } else {
    if (!isHere(cue.name)) {
      tell({ kind: 'comes', name: cue.name })
      company.comes(cue.name)
      await company.idle()
      prompt.begins()
    }
    if (cue.kind === 'chooses' || cue.kind === 'fills') await press(cue, { company, tell, lang })
    if (cue.kind === 'says') {
      tell({ kind: 'says', name: cue.name, text: cue.text })
      await company.says(cue.name, cue.text).catch((error: unknown) => {
        const why = rejectedBy(error)
        if (why === undefined) throw error
        tell({ kind: 'rejected', name: cue.name, text: why })
      })
    }
  }
  await company.idle()
}

/** Somebody answers the last card. */
async function press(
  cue: Extract<Cue, { kind: 'chooses' | 'fills' }>,
  { company, tell, lang }: Omit<Play, 'prompt'>,
): Promise<void> {
  const { name } = cue
  const text = cue.kind === 'chooses' ? `[${cue.choices.join(', ')}]` : JSON.stringify(cue.values)
  tell({ kind: 'chooses', name, text })
  const card = company.stage.events.findLast((event) => event.card && !event.recalled)?.seq ?? 0
  try {
    if (cue.kind === 'chooses') await company.answers(name, card, cue.choices)
    else await company.fills(name, card, cue.values)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    tell({ kind: 'refused', name, text: whyNot(error, lang) })
  }
}

/** As a person reads it in a room: beside each field that does not hold, or under the card. */
function whyNot({ code, details }: ChatError, lang: Lang): string {
  const { form, nack } = texts[lang]
  const fields = Object.entries(details.fields ?? {})
  if (fields.length === 0) return fill(nack[code], details.values)
  return fields.map(([id, { why, limit = 0 }]) => `${id}: ${fill(form[why], { limit })}`).join(' ')
}

/** A talk that tries what bots say of themselves. */
function sample(bots: readonly BotDefinition[]): string {
  const lines = bots.flatMap(({ name, menu = [] }) => [
    `ada: @${name} hello`,
    ...menu.map((command) => `ada: /${command.name}`),
  ])
  return ['ada: hello', '+ grace', ...lines, '- grace'].join('\n')
}

/** A log that tells what went wrong, and what the bots write into it. */
const rehearsalLog = (
  tell: (what: Happening) => void,
  reason: (error: unknown) => string,
): pino.Logger =>
  pino(
    { level: 'info', serializers: { err: reason } },
    {
      write(line: string) {
        const { level, msg, err, stdout, stderr, plugin, file } = JSON.parse(line) as Entry
        if (level >= WARN) return tell({ kind: 'error', text: err ?? msg })
        const text = stdout ?? stderr ?? (plugin !== undefined && file === undefined ? msg : '')
        if (text !== '') tell({ kind: 'log', text })
      },
    },
  )

const WARN = 40

interface Entry {
  level: number
  msg: string
  err?: string
  plugin?: string
  /** It is loaded. */
  file?: string
  /** A line of its console. */
  stdout?: string
  stderr?: string
}
