import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type Bots } from './bots/bots.js'
import { tell } from './bots/trial.js'
import { clock, type Clock } from './clock.js'
import { closeAll, type Undo } from './close-all.js'
import { claimHostLink, makeHostLink } from './chat/order/host-link.js'
import { giveRole } from './chat/order/role.js'
import { Sandbox, SANDBOX } from './chat/bots/sandbox.js'
import { order } from './chat/pipeline.js'
import { typedNames } from './chat/typed.js'
import type { Config } from './config.js'
import { answer } from './control/answer.js'
import type { Answered, Asked } from './control/ask.js'
import { CONSOLE } from './control/hands.js'
import { openControl } from './control/serve.js'
import { botsFolder } from './dropin/bot-file.js'
import { DropIn } from './dropin/drop-in.js'
import { tryFolder } from './dropin/try-folder.js'
import { Exit, StartError } from './errors.js'
import { chooseLang, systemLang } from './i18n/index.js'
import { closeServer, httpServer, listen, listeningAt, takeRenewed, urlHere } from './listen.js'
import { createGateways, type Gateways } from './gateways/gateways.js'
import { openNumbers } from './gateways/numbers.js'
import { hasHost, openHouse, ownCommands, type House } from './house.js'
import type { Logger } from './log.js'
import { Meter } from './meter.js'
import { createMetrics } from './metrics.js'
import { type People } from './people/people.js'
import type { Role } from './protocol.js'
import { builtinsWith } from './plugins/builtin/builtin.js'
import { loadPlugins, type Plugins } from './plugins/load.js'
import { lockData, type Lock } from './store/lock.js'
import { openStore, storeFile } from './store/open.js'
import type { SecretStore, Store } from './store/store.js'
import { version } from './version.js'
import { createWeb } from './web/app.js'

/** How often sessions that are over for good are forgotten, in milliseconds. */
const SWEEP_MS = 3_600_000

export interface RunningServer {
  /** The port it listens on: asked for 0, the system chose one. */
  port: number
  /** The token of a link that makes its bearer host; undefined while there is a host. */
  hostLink(): Promise<{ token: string; until: number } | undefined>
  /** Gives a user a role that holds everywhere, or takes it; their sockets and the members' lists know it at once. */
  giveRole(userId: number, role: Role | undefined): Promise<void>
  /** Answers what was taken, closes every socket and the store. Calling it twice is one closing. */
  close(): Promise<void>
}

export interface ServerOptions {
  log: Logger
  /** Of the data folder, if who starts it took it already; it is let go when the server closes. */
  lock?: Lock
  /** Told when the store can no longer keep anything: the server should be closed and started anew. */
  broken?: (reason: Error) => void
  /** The last lines of the log that are about a bot. */
  recent?: (bot: string) => readonly string[]
  /** Told what the host should read at once: which bots came out of their files, and which could not. */
  say?: (sentence: string) => void
  /** @default the machine's clocks */
  clock?: Clock
  /** Opens the store. @default the one that the configuration names */
  store?: typeof openStore
}

/**
 * Opens the store, loads the plugins, wires web and chat, and listens. What was opened is closed again when
 * a later step fails: nothing is left half-started.
 * @throws {StartError} with a sentence for each fault.
 */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer> {
  const { log } = options
  const times = options.clock ?? clock
  const meter = new Meter()
  const undo: Undo[] = []
  const close = once(() => closeAll(undo))

  try {
    const lock = options.lock ?? (await lockData(config.server.data))
    undo.push(() => lock.release())
    const store = await (options.store ?? openStore)({
      url: config.store.url,
      data: config.server.data,
      now: times.now,
      broken: (reason) => options.broken?.(reason),
    })
    undo.push(() => store.close())
    let bots: Bots | undefined
    const gateways = gatewaysOf(config, times)
    const plugins = await loadPlugins(config.plugins, {
      ...pluginPlaces(config, log, gateways),
      trouble(names, sentence) {
        meter.workerEnds += 1
        options.say?.(sentence(systemLang()))
        for (const name of names) bots?.broken(name, sentence, 'worker')
      },
    })
    undo.push(() => plugins.close())

    const house = await openHouse(config, store, plugins, { log, clock: times, meter })
    bots = house.bots
    undo.push(() => house.bots.close())
    undo.push(() => house.tokens.close())
    const dropIn = await openBotsFolder(config, house, plugins, options)
    undo.push(() => dropIn.close())
    const sweep = setInterval(() => void forgetSessions(house.people, log), SWEEP_MS).unref()
    undo.push(() => clearInterval(sweep))

    let ready = false
    const { app, gate, programGate } = await openWeb(config, store, house, {
      log,
      meter,
      isReady: () => ready,
      gateways,
    })
    const answer = app.callback()
    const server = httpServer(config.server, (request, response) => void answer(request, response))
    house.chat.attach(app, server, gate, { ...gateways, gate: programGate })
    undo.push(() => closeServer(server))
    undo.push(takeRenewed(server, config.server, log))
    let ownUrl = ''
    const numbers = await openNumbers(store.numbers)
    gateways.open({ port: house.bots.port, url: () => ownUrl, numbers })
    undo.push(() => gateways.close())
    undo.push(() => house.chat.close())
    await listen(server, config.server)
    ready = true
    undo.push(() => (ready = false))
    const { port } = server.address() as AddressInfo
    ownUrl = urlHere(config.server, port)
    const listening = listeningAt(config.server, port)
    const { chat, people, tokens } = house
    const { recent } = options
    const folder = botsFolder(config.file, config.server.data)
    const hands = {
      chat,
      people,
      store,
      tokens,
      listening,
      bots,
      folder,
      ...(recent && { recent }),
    }
    const control = await openControl(config.server.data, hands, log)
    undo.push(() => control.close())
    return {
      port,
      hostLink: async () => ((await hasHost(house)) ? undefined : makeHostLink(house.chat.order)),
      async giveRole(userId, role) {
        const user = await store.users.byId(userId)
        const person = { id: userId, name: user?.name ?? '' }
        await giveRole(house.chat.order, { by: CONSOLE, person, role })
      },
      close,
    }
  } catch (error) {
    // Why it could not be started says more than what cannot be closed for that.
    await close().catch((fault: unknown) => log.error({ err: fault }, 'closing failed'))
    throw error
  }
}

/**
 * Does what the command line asks for on the data itself, while no server runs there.
 * @throws {StartError} the data cannot be opened, or a server has it.
 */
export async function withoutServer(
  config: Config,
  asked: Asked,
  { log }: { log: Logger },
): Promise<Answered> {
  const undo: Undo[] = []
  try {
    const lock = await lockData(config.server.data, asked.lang)
    undo.push(() => lock.release())
    const store = await openStore({ url: config.store.url, data: config.server.data })
    undo.push(() => store.close())
    const plugins = await loadPlugins([], pluginPlaces(config, log))
    undo.push(() => plugins.close())
    const house = await openHouse(config, store, plugins, { log, clock })
    const { chat, people, tokens } = house
    undo.push(() => chat.close())
    undo.push(() => tokens.close())
    return await answer({ chat, people, store, tokens }, asked)
  } finally {
    await closeAll(undo)
  }
}

/**
 * The way of a message in words, a line a step, with the configuration's plugins and bots in their places.
 * @throws {StartError} when a plugin cannot be loaded.
 */
export async function describePipeline(
  config: Config,
  { log }: { log: Logger },
): Promise<string[]> {
  // What plugins say of themselves when they are loaded is for a server's log, not between a command's sentences.
  const quiet = log.child({}, { level: 'warn' })
  const plugins = await loadPlugins(config.plugins, pluginPlaces(config, quiet))
  const faults = await tryFolder({
    folder: botsFolder(config.file, config.server.data),
    plugins,
    sections: config.plugins,
    lang: systemLang(),
  })
  await plugins.close()
  if (faults.length > 0) throw new StartError(faults, Exit.config)
  const isBot = (step: string) => step.startsWith('bot:')
  return [
    ...Object.keys(order).map((name) => `connection  ${name}`),
    'door        text, answered message',
    ...plugins.steps.filter((step) => !isBot(step)).map((step) => `door        ${step}`),
    'door        journal, fan-out, outbox',
    ...plugins.steps.filter(isBot).map((step) => `bots        ${step}`),
  ]
}

async function openBotsFolder(
  config: Config,
  { bots, people, chat }: House,
  plugins: Plugins,
  { log, say = () => undefined }: ServerOptions,
): Promise<DropIn> {
  const lang = chooseLang(config.server.language, undefined)
  const sandbox = new Sandbox({ ...chat.deps, wanted: config.rooms.sandbox, lang, log })
  const dropIn = await DropIn.open({
    folder: botsFolder(config.file, config.server.data),
    plugins,
    bots,
    sections: config.plugins,
    judge: (name, others) => people.judgeBot(name, others),
    tell(how, { user, isIn }) {
      chat.tellOfBot(how, user, isIn)
      sandbox.dropped(how, user)
    },
    broken(sentence) {
      const room = chat.rooms.open(SANDBOX)
      const [first] = room?.sandbox ? bots.members(room) : []
      if (room && first) tell(sentence, room, first)
    },
    say,
    lang: systemLang(),
    log,
  })
  await sandbox.open()
  return dropIn
}

async function openWeb(
  config: Config,
  store: Store,
  house: House,
  {
    log,
    meter,
    isReady,
    gateways,
  }: { log: Logger; meter: Meter; isReady: () => boolean; gateways: Gateways },
) {
  const { people, chat, tokens, nickname } = house
  const lobby = await chat.rooms.ensure('lobby', '')
  const metrics = createMetrics({
    version,
    meter,
    ready: isReady,
    connections: () => chat.connections.look(),
    rooms: () => ({ all: [...chat.rooms.rows()].length, open: [...chat.rooms.all()].length }),
    journal: () => chat.waiting,
    bots: () => house.bots.states(),
    store: () => store.waiting(),
    file: storeFile(config.store.url, config.server.data, systemLang()),
  })
  return createWeb({
    config,
    people,
    secrets: await sessionSecrets(config, store.secrets),
    serverId: store.serverId,
    log,
    nickname,
    lobby: {
      title: (lang) => lobby.titleIn(lang),
      members: () => [...lobby.members(), ...lobby.elsewhere()],
    },
    visits: chat.visits,
    hook: gateways.hook,
    satori: gateways.satori,
    tokens,
    ask: chat.ask,
    bannedMs: (comer) => chat.order.bannedMs(undefined, comer),
    claimHost: (person, token) => claimHostLink(chat.order, { person, token }),
    ready: () => ({ ready: isReady(), reasons: isReady() ? [] : ['closing'] }),
    metrics,
    refused: (at, status) => meter.refused[at].add(String(status)),
    version,
  })
}

const gatewaysOf = ({ server }: Config, times = clock): Gateways =>
  createGateways(chooseLang(server.language, undefined), server.base_path, times)

const pluginPlaces = (config: Config, log: Logger, gateways = gatewaysOf(config)) => ({
  builtins: { ...builtinsWith(config.toolServers), ...gateways.builtins },
  reserved: [...typedNames, ...ownCommands.map(({ name }) => name)],
  dataDir: config.server.data,
  log,
  ...(config.file !== undefined && { configFile: config.file }),
})

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined
  return () => (closing ??= close())
}

/** `[session] secret`, or one that was made at the first start; the first signs, all verify. */
async function sessionSecrets(config: Config, secrets: SecretStore): Promise<string[]> {
  if (config.session.secret.length > 0) return [...config.session.secret]
  return [await secrets.ensure('session', () => randomBytes(32).toString('base64url'))]
}

async function forgetSessions(people: People, log: Logger): Promise<void> {
  try {
    await people.sweep()
  } catch (error) {
    log.error({ err: error }, 'old sessions could not be forgotten')
  }
}
