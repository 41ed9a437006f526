import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

test('who was signed out is not heard any more, even if it does not read the close', async () => {
  const world = await lobby({ people: ['ada', 'mallory'] })
  const { ada, mallory } = world
  const { ws, closed } = mallory.socket
  ws.pause()

  await world.get('/signout', { method: 'POST', headers: { cookie: mallory.cookie } })
  mallory.sends({ type: 'join', cid: 'after-the-end', room: 'lobby' })
  mallory.sends({ type: 'chat', cid: 'one-more-word', room: 'lobby', data: 'still here' })
  ws.resume()

  expect(await closed).toEqual({ code: 4001, reason: 'Invalid user' })
  await ada.says('anybody?')
  expect(await ada.hears()).toEqual(['ada: anybody?'])
  expect(await ada.members()).not.toContain('mallory')
})

test('what was said before hanging up counts', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  for (const data of ['one', 'two', 'three']) {
    ada.sends({ type: 'chat', cid: `last-words-${data}`, room: 'lobby', data })
  }
  await ada.socket.close()

  await grace.next((frame) => frame.type === 'chat' && frame.data === 'three')
  expect(await grace.hears()).toEqual(['ada: one', 'ada: two', 'ada: three'])
})
