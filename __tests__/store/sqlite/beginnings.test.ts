import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openStore } from '../../../src/store/open.js'
import type { Request } from '../../../src/store/sqlite/messages.js'
import { startWorker } from '../../../src/store/sqlite/thread.js'
import type { RoomRow, Store } from '../../../src/store/store.js'
import { find } from '../read-page.js'
import { asking } from '../searching.js'
import { keep, tempFolder, tidy } from '../../helpers/tidy.js'
import { room, say } from '../world.js'

let store: Store
let lobby: RoomRow
/** What went along with questions for messages. */
let told: unknown[]

beforeEach(async () => {
  told = []
  store = keep(await openStore({ url: '', data: await tempFolder(), threads: overheard }))
  lobby = await room(store)
})

afterEach(tidy)

const overheard = {
  take() {
    const worker = startWorker()
    const post = worker.postMessage.bind(worker)
    worker.postMessage = (request: Request) => {
      const [, kind, , parameters] = request
      if (kind === 'page') told.push(...parameters)
      post(request)
    }
    return worker
  },
  give: (worker: ReturnType<typeof startWorker>) => worker.terminate(),
}

/** What the index is asked for when somebody types this, and the texts that are found. */
async function search(typed: string) {
  const { events } = await find(store, { ...asking(typed), rooms: [lobby], limit: 100 })
  const match = told.findLast((parameter) => /^\(?"/.test(`${parameter}`))
  return { match, texts: events.map(({ data }) => data) }
}

/** Words that begin with `alpha`. */
const many = (count: number) => Array.from({ length: count }, (_, i) => `alpha${100 + i}`)

test('a beginning is asked for by its words, which give their messages one by one', async () => {
  await say(store, lobby, 'Kitchen', 'the kitchens', 'kitchenette', 'kit', 'kite', 'Küche')

  expect(await search('kitchen')).toEqual({
    match: '("kitchen" OR "kitchenette" OR "kitchens")',
    texts: ['kitchenette', 'the kitchens', 'Kitchen'],
  })
  expect((await search('kit')).texts).toHaveLength(5)
})

test('a beginning that nothing has is asked for as the word that it is', async () => {
  await say(store, lobby, 'kite', 'constructor', 'zoo')

  expect(await search('kitf')).toEqual({ match: '("kitf")', texts: [] })
  expect(await search('zoology')).toEqual({ match: '("zoology")', texts: [] })
  expect(await search('constr')).toMatchObject({ texts: ['constructor'] })
})

test.each([
  [64, /^\("alph" OR "alpha100" OR .* OR "alpha163"\)$/],
  [65, /^"alph" \*$/],
])('all is found that begins so, of %s words', async (count, match) => {
  await say(store, lobby, 'alpine', ...many(count), 'beta')

  const { match: asked, texts } = await search('alph')
  expect(asked).toMatch(match)
  expect(texts).toEqual(many(count).toReversed())
})
