import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import { createBots, type Bots } from '../../src/bots/bots.js'
import type { Section } from '../../src/config.js'
import type { PluginLimits } from '../../src/plugins/limits.js'
import { loadPlugins, type Plugins } from '../../src/plugins/load.js'
import { ada, grace, identities, testLog, TestRoom } from '../bots/world.js'

/** Users' own code, in the compiled worker: `dist/plugins/worker/inside/worker.js`. */

let folder = ''
let plugins: Plugins | undefined
let bots: Bots | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chat-room-worker-'))
})
afterEach(async () => {
  await bots?.close()
  await plugins?.close()
  await rm(folder, { recursive: true })
})

/** What the log says when a worker was started again. */
export const UP_AGAIN = "the plugins' worker is up again"

/** A lobby with users' modules, by the header of their section: `{ 'plugin:x': 'export default …' }`. */
export async function lobby(
  modules: Record<string, string>,
  {
    settings = {},
    limits = {},
    settingsOf = {},
  }: {
    settings?: Section['settings']
    limits?: Partial<PluginLimits>
    /** By the section's header. */
    settingsOf?: Record<string, Section['settings']>
  } = {},
) {
  const sections: Section[] = []
  for (const [index, [header, code]] of Object.entries(modules).entries()) {
    await writeFile(join(folder, `${index}.mjs`), code)
    const [kind, name = ''] = header.split(':')
    sections.push({
      kind: kind === 'bot' ? 'bot' : 'plugin',
      name,
      use: `./${index}.mjs`,
      rooms: [],
      settings: { ...settings, ...settingsOf[header] },
      lines: {},
    })
  }

  const { log, said, lines, entries } = testLog()
  const loaded = await loadPlugins(sections, {
    dataDir: folder,
    log,
    lang: 'en',
    limits: { restart: 0, own: 300, beat: 50, missedBeats: 8, ...limits },
  })
  plugins = loaded
  const room = new TestRoom()
  room.here = [ada, grace]
  const deliver: Parameters<typeof createBots>[0]['deliver'] = (say) =>
    loaded.chain.run(say, (data) => room.store({ ...say, data }))
  const identify = identities()
  const made = await createBots({ definitions: loaded.bots, deliver, identify, log })
  bots = made
  loaded.open({ deliver, identify })
  room.called = (name) => made.called({ name })
  room.heard = (event) => made.hear(event, room, 'en')
  let count = 0
  const says = (data: string) => {
    count += 1
    return deliver({ room, user: ada, cid: `line-${count}`, data, lang: 'en' })
  }
  return { room, says, bots: made, plugins: loaded, logged: said, log: lines, entries }
}
