import { EventEmitter } from 'node:events'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as machinesTurn } from 'node:timers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { IncomingMessage, Server } from 'node:http'
import { jest } from '@jest/globals'
import type KoaWebsocket from 'koa-websocket'
import type { Admission, Visitor } from '../../src/chat/face.js'
import { loadConfig } from '../../src/config.js'
import { openHouse } from '../../src/house.js'
import { createLog } from '../../src/log.js'
import { loadPlugins } from '../../src/plugins/load.js'
import { Connection } from '../../src/store/sqlite/connection.js'
import { openSqlite } from '../../src/store/sqlite/store.js'
import { Thread } from '../../src/store/sqlite/thread.js'
import { check, type Seen, type Step, type Violation } from '../helpers/checker.js'
import { NOON, signIn } from '../store/world.js'
import { Client } from './client.js'
import { Disk } from './disk.js'
import { Line } from './line.js'
import type { Mutant } from './mutants.js'
import type { Action } from './schedule.js'

/** Who is in which rooms. */
const people = {
  ada: ['lobby', 'den'],
  grace: ['lobby', 'den'],
  edsger: ['lobby'],
  alan: ['lobby'],
}
/** Rounds until a healed world must have come to rest. */
const PATIENCE = 400
/** A closed database lets go of its files when its statements are collected: 10,000 would be more files than may be open. */
const COLLECTED_EVERY = 200
setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const log = createLog('silent')
const { config } = loadConfig({
  flags: {
    set: ['rooms.names=den', ...['messages_per_minute', 'burst', 'joins_per_minute'].map(off)],
  },
  env: {},
  cwd: tmpdir(),
  lang: 'en',
})

function off(limit: string): string {
  return `limits.${limit}=0`
}

/** A folder in memory, if there is one: every commit waits for the disk. */
const shelf = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** One machine, its server and those who talk to it, in one thread and by a schedule alone. */
export class World {
  readonly #folder: string
  readonly #template: string
  readonly #visitors: Visitor[]
  #runs = 0

  private constructor(folder: string, template: string, visitors: Visitor[]) {
    this.#folder = folder
    this.#template = template
    this.#visitors = visitors
  }

  static async open(): Promise<World> {
    jest.useFakeTimers({ now: NOON, doNotFake: ['nextTick', 'queueMicrotask'] })
    const folder = await mkdtemp(join(shelf, 'chat-room-simulation-'))
    const template = join(folder, 'template.db')
    const disk = new Disk()
    const { store } = await boot(template, disk)
    const visitors: Visitor[] = []
    for (const name of Object.keys(people)) {
      const user = await signIn(store, name)
      visitors.push({ user: { ...user, kind: 'person' }, sidHash: `sid of ${name}` })
    }
    disk.crash()
    return new World(folder, template, visitors)
  }

  /** Runs a schedule, heals what it broke, and judges what everybody saw. */
  async run(schedule: readonly Action[], mutant: Mutant = { rules: [] }): Promise<Violation[]> {
    const disk = new Disk()
    mutant.disk?.(disk)
    const file = join(this.#folder, `${(this.#runs += 1)}.db`)
    copyFileSync(this.#template, file)
    const run = new Run(file, disk, this.#visitors, mutant)
    try {
      await run.start()
      for (const action of schedule) await run.does(action)
      return await run.ends()
    } finally {
      disk.crash()
      jest.clearAllTimers()
      jest.clearAllMocks() // one remembers every database that it opened
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
      if (this.#runs % COLLECTED_EVERY === 0) collect()
    }
  }

  async close(): Promise<void> {
    jest.useRealTimers()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

class Run {
  readonly #file: string
  readonly #disk: Disk
  readonly #mutant: Mutant
  readonly #clients: Client[]
  readonly #steps: Step[] = []
  #connect: (line: Line, visitor: Visitor) => void = () => {}

  constructor(file: string, disk: Disk, visitors: readonly Visitor[], mutant: Mutant) {
    this.#file = file
    this.#mutant = mutant
    this.#disk = disk
    disk.putOff = (cid) => {
      const asked = this.#steps.find((one) => one.step === 'invoke' && one.cid === cid)
      if (asked?.step === 'invoke') this.#steps.push({ ...asked, step: 'retry' })
    }
    const rooms = Object.values(people)
    this.#clients = visitors.map(
      (visitor, index) =>
        new Client(visitor, rooms[index] ?? [], (step) => this.#steps.push(unmarked(step))),
    )
  }

  async start(): Promise<void> {
    const { house } = await boot(this.#file, this.#disk)
    this.#connect = entrance(house)
    this.#disk.atOnce = false
  }

  async does([what, which, much]: Action): Promise<void> {
    const client = this.#clients[which % this.#clients.length]
    if (!client) return
    const room = client.rooms[much % client.rooms.length] ?? 'lobby'
    switch (what) {
      case 'comes':
        if (!client.connected) this.#comes(client)
        break
      case 'says':
        client.says(room)
        break
      case 'recalls':
        client.recalls(much)
        break
      case 'repeats':
        client.repeats(much)
        break
      case 'syncs':
        client.syncs(room)
        break
      case 'up':
        for (let n = much % 4; n >= 0; n--) this.#up(client)
        break
      case 'down':
        for (let n = much % 4; n >= 0; n--) client.hears()
        break
      case 'disk':
        for (let n = much % 6; n >= 0; n--) {
          this.#disk.step(which)
          await this.#settle()
        }
        break
      case 'fault':
        this.#disk.fault = (['full', 'broken', 'unsaid'] as const)[much % 3]
        this.#disk.ofLines = which % 2 === 0
        break
      case 'cut':
        client.breaks(much % 2 === 0)
        break
      case 'time':
        jest.advanceTimersByTime(much * 130)
        break
      case 'clock':
        jest.setSystemTime(NOON + (which - 4) * much * 60_000)
        break
      case 'crash':
        await this.#crash(much)
        break
    }
    await this.#settle()
  }

  /** Everybody comes back and sends what has no answer; then all is judged. */
  async ends(): Promise<Violation[]> {
    this.#disk.fault = undefined
    const atRest = () => this.#clients.every((one) => one.calm) && !this.#busy
    let rounds = 0
    for (; rounds < PATIENCE && !(rounds > 0 && atRest()); rounds++) {
      for (const client of this.#clients) {
        if (!client.connected) this.#comes(client)
        while (client.hears());
        if (rounds % 10 === 9) client.resendsAll()
        for (let n = 0; n < 9; n++) this.#up(client)
      }
      while (this.#disk.step(0)) await this.#settle()
      await this.#settle()
      if (rounds % 10 === 9) jest.advanceTimersByTime(1_000)
    }
    for (const client of this.#clients) {
      for (const room of client.rooms)
        this.#steps.push({ step: 'stands', client: client.name, room, at: client.standsAt(room) })
    }
    const found = check({ steps: this.#steps, log: readLog(this.#file), mayRead: people })
    if (rounds < PATIENCE) return found
    return [...found, { rule: 'behind', sentence: 'it never came to rest' }]
  }

  get #busy(): boolean {
    return this.#lines.some(({ up, down }) => up.length + down.length > 0)
  }

  /** By client. */
  #lines: Line[] = []

  #comes(client: Client): void {
    const line = new Line()
    this.#mutant.line?.(line)
    this.#lines[this.#clients.indexOf(client)] = line
    client.comes(line)
    this.#connect(line, client.visitor)
  }

  #up(client: Client): void {
    if (client.connected) this.#lines[this.#clients.indexOf(client)]?.arriveUp()
  }

  /** The machine loses its power; what it had sent may still arrive. */
  async #crash(much: number): Promise<void> {
    this.#disk.crash()
    jest.clearAllTimers()
    for (const client of this.#clients) {
      for (let n = much % 3 === 0 ? 0 : 99; n > 0 && client.hears(); n--);
      client.breaks(false)
    }
    await this.start()
  }

  /** Promises, and what is due now. */
  async #settle(): Promise<void> {
    for (let n = 0; n < 3; n++) {
      await turn()
      jest.advanceTimersByTime(0)
    }
    await turn()
  }
}

const turn = (): Promise<void> => new Promise((resolve) => void machinesTurn(resolve))

async function boot(file: string, disk: Disk) {
  jest.spyOn(Thread, 'open').mockImplementation((settings) => disk.open(settings) as never)
  const clock = { now: () => Date.now(), steady: () => performance.now() }
  const store = await openSqlite({ file, now: clock.now })
  const plugins = await loadPlugins([], { dataDir: tmpdir(), log, lang: 'en' })
  return { store, house: await openHouse(config, store, plugins, { log, clock }) }
}

/** The server's side of a line, through the same door as with a network. */
function entrance({ chat }: Awaited<ReturnType<typeof openHouse>>) {
  const server = new EventEmitter()
  let takeOver: (ctx: object) => void = () => {}
  const wss = {
    handleUpgrade: (request: object, socket: Line, _: Buffer, done: (ws: Line) => void) =>
      done(socket),
    emit: (_: string, websocket: Line, req: object) => takeOver({ websocket, req }),
  }
  const ws = { use: (take: typeof takeOver) => (takeOver = take), listen() {}, server: wss }
  const visitors = new WeakMap<object, Visitor>()
  const gate = async (request: IncomingMessage): Promise<Admission> => {
    const visitor = visitors.get(request)
    const common = { mode: 'v1', lang: 'en', address: '127.0.0.1', origin: () => '' } as const
    return { ...common, ...(visitor && { visitor }) }
  }
  chat.attach({ ws } as unknown as KoaWebsocket.App, server as Server, gate)
  return (line: Line, visitor: Visitor) => {
    const request = { headers: { upgrade: 'websocket' }, socket: line }
    visitors.set(request, visitor)
    server.emit('upgrade', request, line, Buffer.alloc(0))
  }
}

interface LogRow {
  room: string
  seq: number
  author: number
  cid: string
  at: number
}

/** What the file holds in the end. A mutant that keeps a line twice has to name its copies. */
function readLog(file: string): Record<string, Seen[]> {
  const reading = new Connection({ file, readOnly: true })
  const rows: LogRow[] = reading.rows(
    `select rooms.name as room, events.seq, user_id as author, cid, events.at
     from events join rooms on rooms.id = room_id order by room_id, events.seq`,
    [],
  )
  reading.close()
  const log: Record<string, Seen[]> = { lobby: [], den: [] }
  for (const { room, cid, ...seen } of rows) log[room]?.push(unmarked({ ...seen, cid }))
  return log
}

const unmarked = <T extends object>(what: T): T =>
  'cid' in what && typeof what.cid === 'string'
    ? { ...what, cid: what.cid.replace(/~\d+$/, '') }
    : what
