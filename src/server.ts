import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createBots, type Bots } from './bots/bots.js'
import { Chat } from './chat/chat.js'
import type { Command } from './chat/face.js'
import { order } from './chat/pipeline.js'
import { roomName } from './chat/rooms.js'
import type { Config } from './config.js'
import { chooseLang, type Lang } from './i18n/index.js'
import { closeServer, httpServer, listen } from './listen.js'
import type { Logger } from './log.js'
import { createMetrics } from './metrics.js'
import { nickCommand } from './people/nick.js'
import { createPeople } from './people/people.js'
import { loadPlugins } from './plugins/load.js'
import type { SecretStore } from './store/store.js'
import { lockData } from './store/lock.js'
import { openStore } from './store/open.js'
import { version } from './version.js'
import { createWeb } from './web/app.js'

export interface RunningServer {
  /** The port it listens on: asked for 0, the system chose one. */
  port: number
  /** Answers what was taken, closes every socket and the store. Calling it twice is one closing. */
  close(): Promise<void>
}

/**
 * Opens the store, loads the plugins, wires web and chat, and listens. What was opened is closed again when
 * a later step fails: nothing is left half-started.
 * @throws {StartError} with a sentence for each fault.
 */
export async function startServer(
  config: Config,
  { log }: { log: Logger },
): Promise<RunningServer> {
  const undo: (() => Promise<unknown> | unknown)[] = []
  const close = once(async () => {
    for (const step of undo.toReversed()) await step()
  })

  try {
    const lock = await lockData(config.server.data)
    undo.push(() => lock.release())
    const store = await openStore({ url: config.store.url, data: config.server.data })
    undo.push(() => store.close())
    const plugins = await loadPlugins(config.plugins, pluginPlaces(config, log))
    undo.push(() => plugins.close())

    // Bots speak through the chat's door, and the chat tells the bots what it heard.
    let bots: Bots | undefined
    const people = createPeople({
      users: store.users,
      sessions: store.sessions,
      ttl: config.session.ttl,
      reserved: () => [...config.plugins.map(({ name }) => name), ...(bots?.names() ?? [])],
    })
    const nickname = async (lang: Lang) => plugins.nickname(lang, await people.takenNow())
    const commands = new Map<string, Command>(plugins.commands)
    const chat: Chat = new Chat({
      store,
      chain: plugins.chain,
      commands,
      nickname,
      bots: (room) => bots?.members(room) ?? [],
      heard: (event, room, lang) => bots?.hear(event, room, lang),
      stillValid: (sidHashes) => people.stillValid(sidHashes),
      create: config.rooms.create,
      limits: config.limits,
      version,
      log,
    })
    commands.set(
      'nick',
      nickCommand({
        people,
        nickname,
        renamed: (user) => chat.renamed(user),
        lang: chooseLang(config.server.language, undefined),
      }),
    )
    people.onEnded((sidHash, why) => chat.endSession(sidHash, why === 'signed-out'))
    const door = {
      deliver: chat.deliver,
      identify: (name: string, first: boolean) => store.users.bot(name, 'bot', first),
      messageChars: config.limits.message_chars,
    }
    bots = await createBots({ definitions: plugins.bots, log, ...door })
    plugins.open(door)
    undo.push(() => bots?.close())

    const lobby = await chat.rooms.ensure('lobby', '')
    for (const name of config.rooms.names) await chat.rooms.ensure(roomName(name) ?? name, '')

    const metrics = createMetrics({
      connections: () => chat.connections.size,
      rooms: () => [...chat.rooms.all()].length,
    })
    let ready = false
    const { app, gate } = createWeb({
      config,
      people,
      secrets: await sessionSecrets(config, store.secrets),
      serverId: store.serverId,
      log,
      nickname,
      lobby: { title: (lang) => lobby.titleIn(lang), members: () => lobby.members() },
      room: async (name, visitor, lang) => {
        const room = await chat.rooms.find(name)
        if (room) return { name: room.name, title: room.titleIn(lang) }
        const free = roomName(name)
        return visitor && free && chat.rooms.mayMake(free) ? { name: free, title: free } : undefined
      },
      ready: () => ({ ready, reasons: ready ? [] : ['closing'] }),
      metrics: () => metrics.metrics(),
      version,
    })

    const server = httpServer(config.server, app.callback())
    chat.attach(app, server, gate)
    undo.push(() => closeServer(server))
    undo.push(() => chat.close())
    await listen(server, config.server)
    ready = true
    undo.push(() => {
      ready = false
    })
    return { port: (server.address() as AddressInfo).port, close }
  } catch (error) {
    await close()
    throw error
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
  const plugins = await loadPlugins(config.plugins, pluginPlaces(config, log))
  await plugins.close()
  return [
    ...order.map(({ name }) => `connection  ${name}`),
    'door        text, answered message',
    ...plugins.steps.map((step) => `door        ${step}`),
    'door        journal, fan-out, outbox',
  ]
}

const pluginPlaces = (config: Config, log: Logger) => ({
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
