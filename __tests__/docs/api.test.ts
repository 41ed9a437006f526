import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { lobby } from '../helpers/lobby.js'
import { Program } from '../helpers/program.js'
import { chaptersOf } from './handbook.js'

const answer = z.looseObject({ cid: z.string() })

test.each(['docs/gateways/API.md', 'docs/gateways/API.zh-CN.md'])(
  'the curl lines of %s do what they say',
  async (path) => {
    const world = await lobby({ people: ['ada'] })
    const { token } = await Program.named(world, 'ci')
    const blocks = chaptersOf(path).flatMap(({ blocks }) => blocks)
    const lines = blocks.find(({ file }) => file === 'api')?.text ?? ''
    const env = { ...process.env, TOKEN: token, URL: world.url }
    const said: z.infer<typeof answer>[] = []
    for (const line of lines.trim().split('\n\n')) {
      const { stdout } = await promisify(execFile)('sh', ['-c', line], { env })
      said.push(answer.parse(JSON.parse(stdout)))
    }
    expect(said).toMatchObject([
      { seq: 1 },
      { seq: 2, cid: 'build-8-done' },
      { events: [{ seq: 1 }, { seq: 2 }] },
      { events: [{ seq: 2 }, { seq: 1 }] },
      { users: expect.arrayContaining([expect.objectContaining({ name: 'ada' })]) },
    ])
    expect(await world.ada.hears()).toHaveLength(2)
  },
)
