import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

test('a reader that does not read is cut with 4008; the others notice nothing, and it resumes', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'slow'] })
  const { ada, grace, slow } = world
  const long = '鸟'.repeat(4000)
  slow.socket.ws.pause()
  // Far more than the kernel's buffers and the server's allowance together.
  for (let i = 0; i < 900; i++) await ada.says(`${long} ${i}`.slice(-4000))
  slow.socket.ws.resume()

  expect((await slow.socket.closed).code).toBe(4008)
  expect(await grace.hears()).toHaveLength(900)
  await slow.comesBack()
  expect((await slow.hears()).at(-1)).toBe((await grace.hears()).at(-1))
  expect(await world.violations(grace)).toEqual([])
}, 60_000)
