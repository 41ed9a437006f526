import { afterEach } from '@jest/globals'
import type { Visitor } from '../../src/chat/face.js'
import { createPeople, type People } from '../../src/people/people.js'
import { openStore } from '../../src/store/open.js'
import { threads } from '../helpers/threads.js'
import { keep, tempFolder, tidy } from '../helpers/tidy.js'

afterEach(tidy)

/** People on a store of their own, a clock to turn, and the sessions that ended so far. */
export async function openPeople({ ttl = 30 * 86_400_000, reserved = [] as string[] } = {}) {
  const data = await tempFolder()
  const clock = { now: Date.UTC(2026, 0, 1) }
  const now = () => clock.now
  const store = keep(await openStore({ url: '', data, now, threads }))

  const ended: string[] = []
  const { users, sessions } = store
  const people = createPeople({ users, sessions, ttl, reserved: () => reserved, now })
  people.onEnded((sidHash) => ended.push(sidHash))
  return { people: Object.assign(people, speaking(people)), store, clock, ended }
}

/** What tests say most: somebody comes in, and who stands behind a sid. */
const speaking = (people: People) => ({
  async enters(name: string, replacing?: Visitor) {
    const result = await people.signIn({ name, imageid: '3', ...(replacing && { replacing }) })
    if ('refused' in result) throw new Error(`${name} is refused: ${result.refused}`)
    return result
  },
  async visitor(sid: string) {
    const visitor = await people.check(sid)
    if (!visitor) throw new Error('no such session')
    return visitor
  },
})
