import { fromDocs, koishi } from '../../../scripts/compat/koishi.mjs'
import { talk } from '../../../scripts/compat/koishi-talk.mjs'

export const packages = ['koishi', 'koishi-plugin-adapter-onebot']

const TOKEN = 'a-token-of-compat'

export const options = () => ({ bots: `[bot:koishi]\nuse = onebot11\ntoken = ${TOKEN}\n` })

/** The real Koishi over OneBot 11, as a client of ours. */
export async function* run(world) {
  const ada = await world.person('ada')
  await koishi(world, fromDocs('ONEBOT11', { url: world.url, token: TOKEN }))
  yield ['comes in (forward), and is online']
  yield* talk({ ada, bot: 0, edits: false })
  const bob = await world.person('bob')
  yield ['is told who comes in', () => ada.hears(new RegExp(`^welcome ${bob.id}$`))]
}
