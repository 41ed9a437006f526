import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach } from '@jest/globals'
import { pino } from 'pino'
import { loadConfig } from '../../src/config.js'
import { SUBPROTOCOL, type Role } from '../../src/protocol.js'
import { startServer, type RunningServer } from '../../src/server.js'
import { openStore } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'
import { check, type Seen, type Step, type Violation } from './checker.js'
import { openClassic, type Classic } from './classic.js'
import { isNumbered, readFrame, type Joined, type Numbered } from './frames.js'
import { threads } from './threads.js'
import { openSocket, type SocketOptions, type TestSocket } from './test-socket.js'
import { Person } from './person.js'
import { signIn, type SignInOptions, type Visitor } from './visitor.js'

type Value = string | number | boolean | readonly string[]

export interface LobbyOptions<Name extends string> {
  /** Who is signed in, connected and in the lobby already; each is a property of the world. */
  people?: readonly Name[]
  /** By `section.key`: `{ 'limits.burst': 3 }`. Limits are off, unless they stand here. */
  config?: Readonly<Record<string, Value>>
  /** By section: `{ 'plugin:mute': { use: './mute.js' } }`. Without a bot, the bird speaks when it is spoken to. */
  plugins?: Readonly<Record<string, Readonly<Record<string, Value>>>>
  /** Files beside config.ini, by name: the plugins' code. */
  files?: Readonly<Record<string, string>>
  /** Language of everybody's browser. */
  lang?: 'zh-CN' | 'en'
  /** `file`: the world lives until the last test of the file; else until the end of the test. */
  life?: 'test' | 'file'
  /** Stands around the server's store. */
  store?: (store: Store) => Store
  /**
   * `own`: those of the store end with it. A lent one lets go of its file only when its statements are collected:
   * until then the write-ahead log stays beside the file.
   */
  threads?: 'own' | 'lent'
}

/**
 * A server of its own on a free port, with its data in a temporary folder. It is closed after the test.
 * @throws {StartError} when the server does not start.
 */
export async function lobby<const Name extends string = never>(
  options: LobbyOptions<Name> = {},
): Promise<World & Record<Name, Person>> {
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-test-'))
  const world = new World(folder, options)
  worlds[options.life ?? 'test'].add(world)
  await world.start()

  const people: Partial<Record<string, Person>> = {}
  for (const name of options.people ?? []) people[name] = await world.enters(name)
  return Object.assign(world, people as Record<Name, Person>)
}

interface Guest {
  close(): Promise<unknown>
  readonly faults?: readonly Error[]
}

/** A running server and everybody who talks to it. */
export class World {
  /** `http://127.0.0.1:PORT` */
  url = ''
  server: RunningServer | undefined
  /** Holds config.ini and the data. */
  readonly folder: string
  /** Lines of the server's log, as JSON texts. */
  readonly logged: string[] = []
  /** Sentences on the host's console. */
  readonly told: string[] = []
  #wake: () => void = () => undefined
  /** What everybody did and heard, for the checker. */
  readonly history: Step[] = []
  readonly #options: LobbyOptions<string>
  /** How far the server's clocks are ahead of the machine's, in milliseconds. */
  #ahead = 0
  readonly #people = new Set<Guest>()

  constructor(folder: string, options: LobbyOptions<string>) {
    this.folder = folder
    this.#options = options
  }

  /** Starts the server, the second time on the same port and data. */
  async start(): Promise<void> {
    const { config = {}, plugins = {}, files = {} } = this.#options
    const file = join(this.folder, 'config.ini')
    for (const [name, text] of Object.entries(files)) await this.saves(name, text)
    await writeFile(file, toIni({ ...quiet, ...config }, plugins), { mode: 0o600 })

    const port = this.url === '' ? '0' : new URL(this.url).port
    const loaded = loadConfig({
      flags: { config: [file], port: [port] },
      env: {},
      cwd: this.folder,
      lang: 'en',
    })
    const log = pino({ level: 'debug' }, { write: (line: string) => this.logged.push(line) })
    const { store: around = (store) => store, threads: whose } = this.#options
    const lent = whose === 'own' ? {} : { threads }
    this.server = await startServer(loaded.config, {
      log,
      clock: this.#clock,
      store: async (options) => around(await openStore({ ...options, ...lent })),
      say: (sentence) => this.#hear(sentence),
    })
    this.url = `http://127.0.0.1:${this.server.port}${loaded.config.server.base_path}`
  }

  /** Saves a file beside config.ini. */
  async saves(name: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, name)), { recursive: true })
    await writeFile(join(this.folder, name), text)
  }

  /** The next sentence on the host's console that has these words. */
  async says(words: string): Promise<string> {
    for (;;) {
      const at = this.told.findIndex((sentence) => sentence.includes(words))
      const [found] = at === -1 ? [] : this.told.splice(at, 1)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  #hear(sentence: string): void {
    this.told.push(sentence)
    this.#wake()
  }

  /** Lets time pass on the server's clocks; its timers do not notice. */
  passes(ms: number): void {
    this.#ahead += ms
  }

  get #clock() {
    return {
      now: () => Date.now() + this.#ahead,
      steady: () => performance.now() + this.#ahead,
    }
  }

  /** Stops the server as an administrator does, and starts it again. */
  async restart(): Promise<void> {
    await this.server?.close()
    await this.start()
  }

  /** Signs in by POST /signin: a person with a session, but no connection yet. */
  async signIn(name: string, options: SignInOptions = {}): Promise<Person> {
    const lang = options.lang ?? this.#options.lang ?? 'en'
    const person = new Person(this.url, await signIn(this.url, name, { ...options, lang }), {
      lang,
      record: (step) => this.history.push(step),
    })
    this.#people.add(person)
    return person
  }

  /** Signs in, connects and comes into the lobby. */
  async enters(name: string, options: SignInOptions = {}): Promise<Person> {
    const person = await this.signIn(name, options)
    await person.connect()
    await person.join()
    return person
  }

  /** Another tab of somebody: the same session, a connection of its own. Told apart by `tab` in the history. */
  async tab({ cookie, user }: Visitor, tab = 'tab 2'): Promise<Person> {
    const person = new Person(
      this.url,
      { cookie, user },
      {
        lang: this.#options.lang ?? 'en',
        record: (step) =>
          this.history.push('client' in step ? { ...step, client: `${user.name}, ${tab}` } : step),
      },
    )
    this.#people.add(person)
    await person.connect()
    await person.join()
    return person
  }

  /** Opens the tutorial's page for somebody who is signed in. */
  async classic(visitor: Visitor): Promise<Classic> {
    const classic = await openClassic(this.url, visitor)
    this.#people.add(classic)
    return classic
  }

  /** Makes somebody host or moderator everywhere, or nothing any more. */
  async gives({ user }: Visitor, role?: Role): Promise<void> {
    await this.server?.giveRole(user.id, role)
  }

  /** A WebSocket with any headers. @throws {UpgradeRefused} */
  async socket(options: SocketOptions = {}): Promise<TestSocket> {
    const socket = await openSocket(this.url, { path: `${this.#base}/chat`, ...options })
    this.#people.add({ close: () => socket.drop() })
    return socket
  }

  /** A page or a REST answer, redirects not followed. */
  get(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { redirect: 'manual', ...init })
  }

  /** Every number of a room, read by somebody who is in it: the timeline, or all of it where that has holes. */
  async log(reader: Person, room = 'lobby'): Promise<Seen[]> {
    const lines: Numbered[] = []
    for (let more: boolean | undefined = true; more;) {
      const after = lines.at(-1)?.seq ?? 0
      const page = await reader.request({ type: 'history', room, after, limit: 200 })
      lines.push(...(page.events ?? []))
      more = page.more
    }
    const whole = lines.length >= reader.standsAt(room) && lines.at(-1)?.seq === lines.length
    return (whole ? lines : await this.#everything(reader, room)).map(({ seq, cid, at, user }) => ({
      seq,
      author: user.id,
      at,
      ...(cid !== undefined && { cid }),
    }))
  }

  /** What a client is told that resumes from the start: at most 500 events. */
  async #everything({ cookie }: Person, room: string): Promise<Numbered[]> {
    const socket = await this.socket({ cookie, protocols: [SUBPROTOCOL] })
    const ask = async (position: object): Promise<Joined> => {
      const cid = randomUUID()
      socket.send({ type: 'join', cid, room, ...position })
      const answer = readFrame(await socket.next((text) => text.includes(cid)))
      if (answer.type !== 'joined') throw new Error(`join was answered by ${answer.type}`)
      return answer
    }
    const { epoch } = await ask({})
    const { mode, events, head } = await ask({ epoch, since: 0 })
    if (mode !== 'resume') throw new Error(`${head} events are too many to be read from the start`)
    const told = [...events]
    while ((told.at(-1)?.seq ?? 0) < head) {
      const seq = (told.at(-1)?.seq ?? 0) + 1
      const next = readFrame(await socket.next((text) => text.includes(`"seq":${seq},"room"`)))
      if (isNumbered(next)) told.push(next)
    }
    await socket.drop()
    return told
  }

  /** What the checker says to all that happened; where somebody stands is asked of who is connected. */
  async violations(reader: Person, rooms: readonly string[] = ['lobby']): Promise<Violation[]> {
    for (const person of this.#people) {
      if (person instanceof Person && person.connected) await person.recordPlaces()
    }
    const log: Record<string, Seen[]> = {}
    for (const room of rooms) log[room] = await this.log(reader, room)
    return check({ steps: this.history, log })
  }

  async close(): Promise<void> {
    for (const person of this.#people) await person.close()
    await this.server?.close()
    await rm(this.folder, { recursive: true, force: true })
    const faults = [...this.#people].flatMap((person) => person.faults ?? [])
    if (faults.length > 0) throw new AggregateError(faults, 'the server sent what no client knows')
  }

  get #base(): string {
    return new URL(this.url).pathname.replace(/\/$/, '')
  }
}

const worlds = { test: new Set<World>(), file: new Set<World>() }

const closeAll = async (open: Set<World>): Promise<void> => {
  const all = [...open]
  open.clear()
  for (const world of all) await world.close()
}

/** Puts away who looks at a world from outside, before it closes: what they say of a server that goes is no fault. */
export const beforeWorldsClose: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const putAway of beforeWorldsClose) await putAway()
  await closeAll(worlds.test)
})
afterAll(() => closeAll(worlds.file))

/** No limit disturbs a test that is not about limits. */
const quiet: Readonly<Record<string, Value>> = {
  'server.host': '127.0.0.1',
  'limits.signins_per_window': 0,
  'limits.new_connections_per_window': 0,
  'limits.connections_per_ip': 0,
  'limits.connections_per_session': 0,
  'limits.messages_per_minute': 0,
  'limits.burst': 0,
  'limits.joins_per_minute': 0,
  'limits.searches_per_minute': 0,
}

const bird = { 'bot:机器人小小鸟': { use: 'offline', alias: '小小鸟', hear: 'mention' } }

function toIni(
  config: Readonly<Record<string, Value>>,
  plugins: NonNullable<LobbyOptions<string>['plugins']>,
): string {
  const sections = new Map<string, string[]>()
  const add = (section: string, key: string, value: Value) => {
    const lines = sections.get(section) ?? []
    sections.set(section, [...lines, ...entry(key, value)])
  }
  for (const [name, value] of Object.entries(config)) {
    const [section = '', key = ''] = name.split('.', 2)
    add(section, key, value)
  }
  const hasBot = Object.keys(plugins).some((name) => name.startsWith('bot:'))
  for (const [section, keys] of Object.entries({ ...plugins, ...(hasBot ? {} : bird) })) {
    for (const [key, value] of Object.entries(keys)) add(section, key, value)
  }
  return [...sections].map(([section, lines]) => `[${section}]\n${lines.join('\n')}\n`).join('\n')
}

function entry(key: string, value: Value): string[] {
  if (typeof value === 'object') return value.map((item) => `${key}[] = ${JSON.stringify(item)}`)
  if (typeof value === 'boolean') return [`${key} = ${value ? 'yes' : 'no'}`]
  return [`${key} = ${typeof value === 'string' ? JSON.stringify(value) : value}`]
}
