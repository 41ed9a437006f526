import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

test('a reader that does not read is cut with 4008; the others notice nothing, and it resumes', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'slow'] })
  const { ada, grace, slow } = world
  const ten = Array.from({ length: 10 }, () => '鸟'.repeat(4000))
  slow.socket.ws.pause()
  // More than the kernel's buffers and the server's allowance together; who does not read its close frame soon has none.
  while (!world.logged.some((entry) => entry.includes('slow reader')))
    await Promise.all(ten.map((long) => ada.says(long)))
  slow.socket.ws.resume()

  expect((await slow.socket.closed).code).toBe(4008)
  await slow.comesBack()
  expect((await slow.hears()).at(-1)).toBe((await grace.hears()).at(-1))
  expect(await world.violations(grace)).toEqual([])
}, 60_000)
