import { systemLang, texts } from '../../i18n/index.js'
import { definePlugin, type PluginHost } from '../../plugin.js'
import { version } from '../../version.js'
import type { Registry } from '../gateways.js'
import { userNumber } from '../numbers.js'
import { isToken } from '../token.js'
import { openActions } from './actions.js'
import { eventMaker } from './events.js'
import { goTo } from './reverse.js'
import type { BotSocket } from '../bot-socket.js'

/** As most implementations have it, in milliseconds. */
const HEARTBEAT_MS = 15_000

/**
 * A bot whose program speaks OneBot 11: NoneBot, Koishi, AstrBot … connect to `/onebot/v11/ws`. It hears its rooms
 * as groups and speaks as this section's bot.
 */
export const oneBot11 = (registry: Registry) =>
  definePlugin({
    name: 'onebot11',
    api: 1,
    config: {
      token: { type: 'secret', default: '', help: 'By it the bot’s program is let in' },
      url: { type: 'url', help: 'Where its program waits for us (ws://…), instead of coming here' },
      reconnect: {
        type: 'duration',
        default: 3_000,
        min: 100,
        help: 'Pause before its program is looked for again',
      },
      heartbeat: {
        type: 'duration',
        default: HEARTBEAT_MS,
        min: 1_000,
        help: 'How often it is told that all is well',
      },
      alias: { type: 'list', default: [], help: 'Other names it is called by' },
    },
    setup(host, { token, url, reconnect, heartbeat, alias }) {
      host.bot(() => undefined, { triggers: { mention: false }, hear: 'all', aliases: alias })
      if (url !== undefined) {
        const { badSocketUrl } = texts[systemLang()].hooks
        if (!/^wss?:$/.test(new URL(url).protocol)) throw new Error(badSocketUrl)
        registry.whileOpen(() =>
          goTo({
            url,
            token,
            selfId: userNumber(registry.server.port.self(host.name)?.id ?? 0),
            pause: reconnect,
            serve: (socket) => serve(socket, { registry, host, heartbeat }),
            log: host.log,
          }),
        )
        return
      }
      if (!isToken(token)) throw new Error(texts[systemLang()].hooks.badToken)
      const open = new Set<BotSocket>()
      const accept = (socket: BotSocket) => {
        open.add(socket)
        socket.onClose(() => open.delete(socket))
        serve(socket, { registry, host, heartbeat })
      }
      if (!registry.oneBots.add(token, accept)) throw new Error(texts[systemLang()].hooks.sameToken)
      host.cleanup(() => {
        registry.oneBots.remove(token)
        for (const socket of open) socket.close(1001, 'closing')
      })
    },
  })

interface Serving {
  registry: Registry
  host: Pick<PluginHost, 'name' | 'log'>
  heartbeat: number
}

/** One connection: `lifecycle/connect` before all else (NoneBot ignores what comes before), then events and answers. */
function serve(socket: BotSocket, { registry, host, heartbeat }: Serving): void {
  const { port, numbers } = registry.server
  const bot = host.name
  const self = port.self(bot)
  if (!self) return socket.close(1011, 'the bot is gone')
  const events = eventMaker(self, numbers, registry.clock.now)
  socket.send(events.connected())
  host.log.info('a program has connected')

  // In order, though a number may have to be written first.
  let before: Promise<unknown> = Promise.resolve()
  const inTurn = (make: () => object | undefined | Promise<object | undefined>) => {
    before = before
      .then(make)
      .then((frame) => frame && socket.send(frame))
      .catch((error: unknown) => host.log.error('an event was not told', { error: String(error) }))
  }
  const stop = port.listen(bot, {
    heard: (event, room) => inTurn(() => events.heard(event, room)),
    moved: (how, user, room) => inTurn(() => events.moved(how, user, room)),
  })
  const beat = setInterval(() => socket.send(events.heartbeat(heartbeat)), heartbeat).unref()
  const act = openActions({ bot, port, numbers, lang: registry.lang, version, log: host.log })
  socket.onText((text) => void act(text).then((answer) => answer && socket.send(answer)))
  socket.onClose(() => {
    stop()
    clearInterval(beat)
    host.log.info('its program has gone')
  })
}
