import { koishi } from '../../../scripts/compat/koishi.mjs'
import { freePort } from '../../../scripts/program.mjs'

export const packages = ['koishi', 'koishi-plugin-adapter-onebot', '@koishijs/plugin-server']

const TOKEN = 'a-token-of-compat'

export async function options() {
  const port = await freePort()
  const url = `ws://127.0.0.1:${port}/onebot`
  return {
    port,
    bots: `[bot:koishi]\nuse = onebot11\ntoken = ${TOKEN}\nurl = ${url}\nreconnect = 100ms\n`,
  }
}

/** The real Koishi over OneBot 11, where our server comes to it. */
export async function* run(world) {
  const plugins = `plugins:
  server:
    host: 127.0.0.1
    port: ${world.options.port}
  adapter-onebot:
    selfId: '2000000000'
    token: ${TOKEN}
    protocol: ws-reverse
    path: /onebot
  help: {}
  echo: {}
`
  const ada = await world.person('ada')
  const found = async (words) => {
    ada.says(`echo ${words}`)
    await ada.hears(new RegExp(`^${words}$`))
  }
  const first = await koishi(world, plugins)
  yield ['is found (reverse), and is online', () => found('here')]
  first.end()
  await first.gone
  await koishi(world, plugins)
  yield ['is found again after it was away', () => found('here again')]
  yield [
    'speaks in a room of two',
    async () => {
      const { room } = await ada.asks({ type: 'direct', user: 0 })
      await ada.joins(room)
      ada.says('echo dm', { room })
      await ada.hears(/^dm$/)
    },
  ]
}
