import { beforeAll, expect, test } from '@jest/globals'
import { actions } from '../../src/chat/rights.js'
import { lobby, type World } from '../helpers/lobby.js'
import { play } from './matrix/play.js'
import { house, promises, shown } from './matrix/promises.js'
import { scene } from './matrix/scene.js'

test('the tables speak of everything that the code knows', () => {
  const rows = Object.values(promises).map((table) => [...table.keys()])
  for (const kind of rows) expect(kind.toSorted()).toEqual(rows[0]?.toSorted())

  const spoken = [...(rows[0] ?? []), ...house.keys()].map((row) => row.split(' ')[0])
  expect([...new Set(spoken)].toSorted()).toEqual([...actions].toSorted())
})

let world: World
beforeAll(async () => {
  world = await lobby({ life: 'file' })
}, 60_000)

test.each(Object.entries({ ...promises, house }))(
  '%s: everybody may what they are promised, and nothing else',
  async (kind, promised) => {
    const seen = await play(await scene(world, kind), promised)
    expect(shown(seen)).toBe(shown(promised))
  },
  60_000,
)
