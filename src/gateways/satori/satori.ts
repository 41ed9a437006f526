import { systemLang, texts } from '../../i18n/index.js'
import { definePlugin } from '../../plugin.js'
import type { Registry } from '../gateways.js'
import { isToken } from '../token.js'
import type { Account } from './desk.js'
import { heard, moved } from './events.js'
import { openMethods } from './methods.js'
import { loginOf } from './model.js'
import { Updates } from './updates.js'

/**
 * A bot whose program speaks Satori: Koishi, NoneBot … come to `/satori/v1/events` and call `/satori/v1/<method>`. A
 * program that is several bots has them under one token.
 */
export const satori = (registry: Registry) =>
  definePlugin({
    name: 'satori',
    api: 1,
    config: {
      token: { type: 'secret', required: true, help: 'By it the bot’s program is let in' },
      alias: { type: 'list', default: [], help: 'Other names it is called by' },
    },
    setup(host, { token, alias }) {
      if (!isToken(token)) throw new Error(texts[systemLang()].hooks.badToken)
      host.bot(() => undefined, { triggers: { mention: false }, hear: 'all', aliases: alias })
      const bot = host.name
      registry.whileOpen(() => {
        const { port } = registry.server
        const login = () => loginOf(sn, port.self(bot))
        const updates = new Updates(bot, port)
        const account: Account = {
          login,
          call: openMethods({ bot, port, updates, lang: registry.lang, login, log: host.log }),
        }
        const { sn, tell } = registry.satori.add(token, account)
        const stop = port.listen(bot, {
          heard(event, room) {
            const happening = heard(event, room)
            if (happening) tell(happening)
          },
          moved: (how, user, room) => tell(moved(how, { user, room, at: registry.clock.now() })),
        })
        return async () => {
          stop()
          registry.satori.remove(token, account)
        }
      })
    },
  })
