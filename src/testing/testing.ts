import { pino } from 'pino'
import { forgetful } from '../bots/keep.js'
import { parseDuration } from '../config/duration.js'
import type { FormValues } from '../plugin.js'
import { loadPlugins, type Plugins } from '../plugins/load.js'
import { Cast } from './cast.js'
import { oneTurn, startClockwork } from './clockwork.js'
import { openCompany, rejectedBy, type Company } from './company.js'
import { watchLeftovers } from './leftovers.js'
import type { Stage } from './stage.js'

/**
 * The test kit, `chat-room/testing`: a room for one's own bots without sockets, disk or worker. Its time
 * stands still unless the test lets it pass, its chance is that of a seed, and `close()` fails when a bot
 * left something behind.
 */

export interface TestRoomOptions {
  /**
   * Bots by name. A module (`import * as dice from './dice.js'`), what is its default export, or either with
   * settings: `{ use: dice, sides: 6 }`.
   */
  bots?: Readonly<Record<string, unknown>>
  /** Plugins of the room by name, in the order in which a message meets them. */
  plugins?: Readonly<Record<string, unknown>>
  /** Who is in the room. @default ['ada'] */
  people?: readonly string[]
  /** Language of everybody. @default 'en' */
  lang?: 'zh-CN' | 'en'
  /** What the clock says at first. @default 2026-01-01 00:00 UTC */
  now?: number | Date
  /** Of `Math.random`. @default 1 */
  seed?: number
  /** @default 'lobby' */
  room?: string
}

/** A card in a test. */
export interface TestCard {
  /** Whether it still takes answers. */
  open: boolean
  /** How many people have answered. */
  people: number
  /** How often each choice was chosen, by its id. */
  counts: Record<string, number>
}

/** A room in a test. */
export interface TestRoom {
  /**
   * Somebody says something; their bots have answered when it resolves, or wait for time to pass.
   * @returns the number of the line; 0: a plugin rejected it, or a command was answered.
   */
  says(name: string, text: string, more?: { replyTo?: number }): Promise<number>
  edits(name: string, message: number, text: string): Promise<void>
  recalls(name: string, message: number): Promise<void>
  /** Presses choices of a card, by their ids. @throws `closed`, `expired`, `no_such_choice` when it does not count. */
  answers(name: string, message: number, ...choices: string[]): Promise<void>
  /** Fills in the form of a card and sends it. @throws `wrong_fields` with what does not hold, `closed`, `expired`. */
  fills(name: string, message: number, values: FormValues): Promise<void>
  /** How the card of a line stands. @throws if it has none. */
  card(message: number): TestCard
  comes(name: string): Promise<void>
  leaves(name: string): Promise<void>
  /** What stands in the room, as it reads now: `ada: hello`. Lines that were taken back are not there. */
  lines(): string[]
  /** What one person was told alone: `dice: 4`; also why a line of theirs was rejected. */
  told(name: string): string[]
  /** Grey lines. */
  notices(): string[]
  /** The number of the last line that has these words. @throws if there is none. */
  find(words: string): number
  /** For how long somebody was muted last, in milliseconds. */
  mutedMs(name: string): number | undefined
  /** Who showed that they write. */
  writing(): string[]
  /** Drafts that go on: `helper: once upon`. */
  drafts(): string[]
  /** What went wrong since it was asked last. */
  errors(): string[]
  /** Lets time pass: `'10s'`, `'5m'`, or milliseconds. */
  passes(time: string | number): Promise<void>
  /** Waits until no bot has anything to do, or all wait for time to pass. */
  idle(): Promise<void>
  /** Waits until something has come about that takes more than that, such as an answer of a service. */
  until(come: () => boolean): Promise<void>
  /** Stops all bots and starts them again; what they stored is still there. */
  restart(): Promise<void>
  /** @throws when a bot left a timer, a listener or a draft behind, or something went wrong that nobody asked for. */
  close(): Promise<void>
}

/** Turns of the event loop in which nothing happens: then nothing will. */
const QUIET_TURNS = 50
const NEW_YEAR = Date.UTC(2026, 0, 1)

/** Opens a room for a test. @throws what is wrong with a bot or its settings. */
export async function testRoom(options: TestRoomOptions = {}): Promise<TestRoom> {
  const { people = ['ada'], lang = 'en', now = NEW_YEAR, seed = 1, room } = options
  const leftovers = watchLeftovers()
  const clockwork = startClockwork({ now: Number(now), seed })
  const values = forgetful()
  const errors: string[] = []
  const refusals: { to: string; text: string }[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void errors.push(sentence(line)) })

  let plugins: Plugins
  let company: Company
  const cast = new Cast()
  const start = async (before?: Stage) => {
    plugins = await load(options, { log, lang })
    company = await openCompany({
      plugins,
      log,
      lang,
      values,
      cast,
      ...(room !== undefined && { room }),
      ...(before && { before }),
    })
  }
  const stop = async () => {
    await company.close()
    await plugins.close()
  }

  const idle = async () => {
    let quiet = 0
    let busy = true
    const done = company.idle().then(() => (busy = false))
    for (let moves = company.stage.moves; busy && quiet < QUIET_TURNS; quiet++) {
      await oneTurn()
      if (company.stage.moves !== moves) [moves, quiet] = [company.stage.moves, 0]
    }
    if (!busy) await done
  }
  const enter = (name: string) => void company.comes(name)

  try {
    await start()
  } catch (error) {
    clockwork.restore()
    throw error
  }
  for (const name of people) enter(name)
  await idle()

  return {
    async says(name, text, more) {
      const said = await company.says(name, text, more).catch((error: unknown) => {
        const why = rejectedBy(error)
        if (why === undefined) throw error
        refusals.push({ to: name, text: why })
      })
      await idle()
      return said ?? 0
    },
    async edits(name, message, text) {
      await company.edits(name, message, text)
      await idle()
    },
    async recalls(name, message) {
      await company.takesBack(name, message)
      await idle()
    },
    async answers(name, message, ...choices) {
      await company.answers(name, message, choices)
      await idle()
    },
    async fills(name, message, values) {
      await company.fills(name, message, values)
      await idle()
    },
    card(message) {
      const card = company.stage.card(message)
      if (!card) throw new Error(`line ${message} of the room has no card`)
      const open = !card.closed && (card.until === undefined || card.until > Date.now())
      const counts = card.choices.map(({ id, count }) => [id, count] as const)
      return { open, people: card.people, counts: Object.fromEntries(counts) }
    },
    async comes(name) {
      enter(name)
      await idle()
    },
    async leaves(name) {
      company.leaves(name)
      await idle()
    },
    lines: () =>
      company.stage.events
        .filter(({ type, recalled }) => type === 'chat' && !recalled)
        .map(({ user, data }) => `${user.name}: ${data}`),
    told: (name) => [
      ...company.stage.whispers
        .filter(({ to }) => to === name)
        .map(({ by, text }) => `${by}: ${text}`),
      ...refusals.filter(({ to }) => to === name).map(({ text }) => text),
    ],
    notices: () => [...company.stage.notices],
    find(words) {
      const found = company.stage.events.findLast(
        ({ type, data }) => type === 'chat' && data.includes(words),
      )
      if (!found) throw new Error(`no line of the room has "${words}"`)
      return found.seq
    },
    mutedMs: (name) => company.stage.mutes.get(cast.person(name).id),
    writing: () => [...company.stage.writing],
    drafts: () => [...company.stage.drafts.values()].map(({ by, text }) => `${by}: ${text}`),
    errors: () => errors.splice(0),
    async passes(time) {
      const ms = typeof time === 'number' ? time : parseDuration(time)
      if (ms === undefined) throw new TypeError(`a time is written like 10s or 5m, not "${time}"`)
      await clockwork.pass(ms)
      await idle()
    },
    idle,
    async until(come) {
      while (!come()) await oneTurn()
    },
    async restart() {
      const { stage } = company
      const present = [...stage.here.values()].map(({ name }) => name)
      await stop()
      await start(stage)
      for (const name of present) enter(name)
      await idle()
    },
    async close() {
      const drafts = [...company.stage.drafts.values()].map(({ by }) => `a draft of ${by}`)
      try {
        await stop()
        const left = [...clockwork.waiting(), ...leftovers(), ...drafts]
        const faults = [
          ...left.map((what) => `left behind: ${what}`),
          ...errors.map((what) => `went wrong: ${what}`),
        ]
        if (faults.length > 0) throw new Error(faults.join('\n'))
      } finally {
        clockwork.restore()
      }
    },
  }
}

/** Loads what a test offers, each as a section of its own. */
async function load(
  { bots = {}, plugins = {} }: TestRoomOptions,
  { log, lang }: { log: pino.Logger; lang: 'zh-CN' | 'en' },
): Promise<Plugins> {
  const offered = [
    ...Object.entries(plugins).map(([name, what]) => offer('plugin', name, what)),
    ...Object.entries(bots).map(([name, what]) => offer('bot', name, what)),
  ]
  return loadPlugins(
    offered.map(({ section }) => section),
    {
      dataDir: '.',
      log,
      lang,
      builtins: Object.fromEntries(offered.map(({ section, module }) => [section.use, module])),
      hear: 'all',
    },
  )
}

function offer(kind: 'plugin' | 'bot', name: string, what: unknown) {
  const { use, settings } = withSettings(what)
  return {
    section: { kind, name, use: `${kind}:${name}`, rooms: [], settings, lines: {} },
    module: async () => (isModule(use) ? use : { default: use }),
  }
}

/** Settings as they would stand in config.ini. */
function withSettings(what: unknown): {
  use: unknown
  settings: Record<string, string | string[]>
} {
  if (!isObject(what) || !('use' in what) || 'api' in what) return { use: what, settings: {} }
  const { use, ...given } = what
  const text = (value: unknown) => (value === true ? 'yes' : value === false ? 'no' : String(value))
  const settings = Object.entries(given).map(([key, value]): [string, string | string[]] => [
    key,
    Array.isArray(value) ? value.map(text) : text(value),
  ])
  return { use, settings: Object.fromEntries(settings) }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** A module has its default export beside its others. */
const isModule = (value: unknown): boolean => isObject(value) && 'default' in value

/** An entry of the log, for who reads a failed test. */
function sentence(line: string): string {
  const { msg, err, kind, plugin } = JSON.parse(line) as {
    msg: string
    err?: { message: string }
    kind?: string
    plugin?: string
  }
  const about = [plugin, msg, kind, err?.message]
  return about.filter((word) => word !== undefined && word !== '').join(': ')
}
