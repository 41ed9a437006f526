import { fromDocs, koishi } from '../../../scripts/compat/koishi.mjs'
import { talk } from '../../../scripts/compat/koishi-talk.mjs'

export const packages = ['koishi', '@koishijs/plugin-adapter-satori']

const TOKEN = 'a-token-of-compat'

export const options = () => ({ bots: `[bot:koishi]\nuse = satori\ntoken = ${TOKEN}\n` })

/** The real Koishi over Satori. */
export async function* run(world) {
  const ada = await world.person('ada')
  await koishi(world, fromDocs('SATORI', { url: world.url, token: TOKEN }))
  yield ['comes in, and is online']
  yield* talk({ ada, bot: 0, edits: true })
  const bob = await world.person('bob')
  yield ['is told who comes in', () => ada.hears(new RegExp(`^welcome ${bob.id}$`))]
}
