import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { isOfBot, type Frame } from '../helpers/frames.js'
import type { Person } from '../helpers/person.js'

/** How much of a bot somebody wants to see: theirs alone, and on all their devices. */

/** Says to whoever speaks to it, by name, that it heard them. */
const caller = `export const triggers = { mention: true }
export default (ctx) => ctx.reply('@' + ctx.user.name + ' I hear you')`

const world = () =>
  lobby({
    people: ['ada', 'grace'],
    plugins: { 'bot:caller': { use: './caller.mjs' } },
    files: { 'caller.mjs': caller },
  })
const turns = (who: Person, level: string) => who.request({ type: 'volume', bot: 0, level })
const inList = (who: Person, name: string) => who.hello?.rooms.find((room) => room.name === name)
/** Is called by the bot, in a room that they are not looking at. */
const isCalled = async (who: Person, watcher: Person) => {
  await who.join('den')
  await watcher.join('den')
  await who.says('@caller hello', { room: 'den' })
  await who.leave('den')
  await watcher.next(isOfBot)
}

test('it holds on all devices, at once and after a restart', async () => {
  const made = await world()
  const { ada } = made
  const phone = await made.tab(ada)
  expect(await turns(ada, 'folded')).toMatchObject({ bot: 0, level: 'folded' })
  expect(await phone.next((frame) => frame.type === 'volume')).toMatchObject({ level: 'folded' })

  await turns(phone, 'muted')
  await made.restart()
  await ada.connect()
  expect(ada.hello?.volumes).toEqual({ 0: 'muted' })
  await turns(ada, 'all')
  await ada.drop()
  await ada.connect()
  expect(ada.hello?.volumes).toEqual({})
})

test('it is nobody else’s business', async () => {
  const made = await world()
  await turns(made.ada, 'muted')
  expect(made.grace.frames.some(({ type }) => type === 'volume')).toBe(false)
  await made.grace.drop()
  expect((await made.grace.connect()).volumes).toEqual({})
})

test('a muted bot’s mention raises nothing, in memory and in the store', async () => {
  const made = await world()
  const { ada, grace } = made
  await turns(ada, 'muted')
  await isCalled(ada, grace)
  await grace.says('@ada look here', { room: 'den' })
  const told = await ada.next((frame) => frame.type === 'heads' && 'den' in frame.unread)
  expect(told).toMatchObject({ unread: { den: { unread: 1, mentions: 1 } } })

  await made.restart()
  await ada.connect()
  expect(inList(ada, 'den')).toMatchObject({ unread: 1, mentions: 1 })
})

test('a folded one’s mention counts as any bot’s does', async () => {
  const { ada, grace } = await world()
  await turns(ada, 'folded')
  await isCalled(ada, grace)
  expect(
    await ada.next((frame) => frame.type === 'heads' && frame.unread['den']?.mentions === 1),
  ).toMatchObject({ unread: { den: { unread: 1 } } })
})

test('muting takes away what is unread of it, and hearing it again brings that back', async () => {
  const { ada, grace } = await world()
  await isCalled(ada, grace)
  const counts = (unread: number) => (frame: Frame) =>
    frame.type === 'heads' && frame.unread['den']?.unread === unread
  await ada.next(counts(1))
  await turns(ada, 'muted')
  await ada.next(counts(0))
  await turns(ada, 'all')
  await ada.next(counts(1))
})

test('in a room of two with it, a muted bot is not unread either', async () => {
  const made = await world()
  const { ada } = made
  const { room = '' } = await ada.request({ type: 'direct', user: 0 })
  await turns(ada, 'muted')
  const tab = await made.tab(ada)
  await tab.join(room)
  await tab.says('hello', { room })
  await tab.next(isOfBot)
  const heard = async () => (await tab.connect()).rooms.find(({ name }) => name === room)
  expect(await heard()).toMatchObject({ unread: 0, mentions: 0 })
  await ada.drop()
  await tab.drop()
  await made.restart()
  await ada.connect()

  expect(inList(ada, room)).toMatchObject({ unread: 0, mentions: 0 })
  await turns(ada, 'all')
  await ada.next((frame) => frame.type === 'heads' && frame.unread[room]?.unread === 1)
})

test('who is no bot here, and a level that is none, are refused', async () => {
  const { ada } = await world()
  const turn = (bot: number, level: string) => ada.request({ type: 'volume', bot, level })
  await expect(turn(ada.user.id, 'muted')).rejects.toMatchObject({ code: 'no_such_user' })
  await expect(turn(0, 'mentions')).rejects.toMatchObject({ code: 'bad_request' })
})
