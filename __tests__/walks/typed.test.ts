import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** A den that Mo made, with two more in it. */
async function den(
  options: {
    plugins?: Record<string, Record<string, string>>
    files?: Record<string, string>
  } = {},
) {
  // prettier-ignore
  const world = await lobby({ people: ['mo', 'bob', 'Mary Ann'], ...options })
  const { mo, bob, 'Mary Ann': mary } = world
  for (const person of [mo, bob, mary]) await person.join('den')
  return { world, mo, bob, mary }
}
const types = (person: Person, line: string) => person.says(line, { room: 'den' })
const whispered = (person: Person) => person.next(({ type }) => type === 'whisper')
const menu = async (person: Person) =>
  (await person.request({ type: 'commands', room: 'den' })).commands?.map(({ name }) => name)

test.each(['/mute bob 10', '/禁言 bob １０', '/MUTE @bob 10', '／禁言 bob 10', '、禁言 bob 10'])(
  '%s mutes, and only who typed it is told',
  async (line) => {
    const { mo, bob, mary } = await den()
    await types(mo, line)
    expect(await whispered(mo)).toMatchObject({ room: 'den', data: expect.stringContaining('10 minutes') }) // prettier-ignore
    await expect(types(bob, 'but')).rejects.toMatchObject({ code: 'muted' })
    await bob.says('elsewhere I may')

    await types(mo, '/mute bob 0')
    await types(bob, 'thanks')
    expect(await mary.hears('den')).toEqual(['bob: thanks'])
  },
)

const MINDLESS = `let n = 0
export default async (ctx) => {
  const lines = ['/mute bob 10', '/kick bob', '/ban bob', '/topic mine', '/slow 60', '/禁言 bob 10', '/evil', '@everybody @all']
  if (ctx.message.text === 'go on') for (let at = 0; at < 4; at++) await ctx.reply(lines[n++ % lines.length])
}`

test('what a bot says is no command, whoever talked it into that: it only says it', async () => {
  const plugins = { 'bot:parrot': { use: './parrot.mjs', hear: 'all', moderates: 'yes' } }
  const { mo, bob, mary } = await den({ plugins, files: { 'parrot.mjs': MINDLESS } })
  await types(mary, 'go on')
  await mary.next((frame) => frame.type === 'chat' && frame.data === '/topic mine')
  const { settings, seq } = await mo.request({ type: 'room', room: 'den' })
  expect([settings?.topic, settings?.slow_ms, seq]).toEqual(['', 0, undefined])
  await types(bob, 'still here, and heard')
  expect(await mary.hears('den')).toEqual(['Mary Ann: go on', 'parrot: /mute bob 10', 'parrot: /kick bob', 'parrot: /ban bob', 'parrot: /topic mine', 'bob: still here, and heard']) // prettier-ignore
  const { entries } = await mo.request({ type: 'audit', room: 'den' })
  expect(entries).toEqual([])
})

test('a name may have spaces, and may be typed in another case', async () => {
  const { mo, mary } = await den()
  await types(mo, '/mute mary ann 5')
  await expect(types(mary, 'but')).rejects.toMatchObject({ code: 'muted' })
})

test('/kick sends out of the room, /ban keeps out of it, and both say how to go on', async () => {
  const { mo, bob } = await den()
  await types(mo, '/踢 bob')
  expect(await bob.next(({ type }) => type === 'kicked')).toMatchObject({ room: 'den' })
  expect(await whispered(mo)).toMatchObject({ data: expect.stringContaining('/ban bob') })
  await bob.join('den')

  await types(mo, '/封 bob')
  expect(await whispered(mo)).toMatchObject({ data: expect.stringContaining('Bans') })
  await expect(bob.join('den')).rejects.toMatchObject({ code: 'no_such_room' })
  expect((await mo.request({ type: 'bans', room: 'den' })).bans).toMatchObject([
    { by: ['device', 'name'], user: { name: 'bob' } },
  ])
})

test('/slow and /topic change the room for everybody, and are noted', async () => {
  const { mo, bob } = await den()
  await types(mo, '/慢速 30')
  expect(await bob.next(({ type }) => type === 'room')).toMatchObject({ settings: { slow_ms: 30_000 } }) // prettier-ignore
  const { seq } = await types(mo, '/topic  Tea & cake')
  expect((await bob.sees(seq, 'den')).topic).toBe('Tea & cake')

  const { entries = [] } = await mo.request({ type: 'audit', room: 'den' })
  expect(entries.map(({ action }) => action)).toEqual(['topic', 'settings'])
})

test('the same line under the same cid is one topic, also when it was sent again', async () => {
  const { mo } = await den()
  const line = { room: 'den', cid: 'typed-only-once' }
  const { seq } = await mo.says('/topic tea', line)
  expect(await mo.says('/topic tea', line)).toMatchObject({ seq, dup: true })
  await expect(mo.says('/topic cake', line)).rejects.toMatchObject({ code: 'cid_conflict' })
})

test.each([
  ['/mute bob', 'bad_request', 'Please write /mute NAME MINUTES'],
  ['/mute 10', 'bad_request', 'Please write /mute NAME MINUTES'],
  ['/mute bob soon', 'bad_request', 'At most 43200 minutes'],
  ['/mute bob 43201', 'bad_request', 'At most 43200 minutes'],
  ['/mute nobody 10', 'denied', 'no such person'],
  ['/kick', 'bad_request', 'Please write /kick NAME'],
  ['/kick mo', 'denied', 'yourself'],
  ['/ban 小小鸟', 'denied', 'no such person'],
  ['/slow', 'bad_request', 'Please write /slow SECONDS'],
  ['/slow 21601', 'bad_request', 'At most 21600 seconds'],
  [`/topic ${'x'.repeat(201)}`, 'too_long', '200'],
])('%s goes back with the reason, and nothing is said', async (line, code, sentence) => {
  const { mo, bob } = await den()
  await expect(types(mo, line)).rejects.toMatchObject({ code, message: expect.stringContaining(sentence) }) // prettier-ignore
  expect(await bob.hears('den')).toEqual([])
  expect((await mo.request({ type: 'audit', room: 'den' })).entries).toEqual([])
})

test('who keeps no order here has no such commands, and no line of theirs is said by mistake', async () => {
  const { mo, bob, mary } = await den()
  for (const line of ['/mute mary ann 10', '/kick nobody', '/topic mine', '/slow 0', '/封 mo']) {
    // Also of names nothing is learned.
    await expect(types(bob, line)).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringContaining('Only the host and moderators'),
    })
  }
  expect(await mary.hears('den')).toEqual([])
  const all = await menu(mo)
  expect(all?.slice(-5)).toEqual(['mute', 'kick', 'ban', 'slow', 'topic'])
  expect(await menu(bob)).toEqual(all?.slice(0, -5))
})

test('what cannot be done now is not in the menu: in an archived room there is no topic to set', async () => {
  const { mo } = await den()
  await mo.request({ type: 'room', room: 'den', set: { archived: true } })
  expect(await menu(mo)).not.toContain('topic')
  expect(await menu(mo)).toContain('mute')
})

test('a command of the server goes before one of a bot, and the log says so at the start', async () => {
  const { world, mo, bob } = await den({
    files: { 'bots/deejay.js': `export const triggers = { command: [{ name: 'topic' }, { name: 'play', aliases: ['踢'] }] }\nexport default (ctx) => ctx.reply('I heard ' + ctx.text)` }, // prettier-ignore
  })
  const warned = world.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'the server has this command') // prettier-ignore
  expect(warned).toMatchObject([{ plugin: 'bot:deejay', command: 'topic' }, { command: '踢' }])

  const { seq } = await types(mo, '/topic tea')
  await expect(types(bob, '/topic mine')).rejects.toMatchObject({ code: 'denied' })
  expect((await bob.sees(seq, 'den')).topic).toBe('tea')
  const { commands = [] } = await bob.request({ type: 'commands', room: 'den' })
  expect(commands.filter(({ bot }) => bot === 'deejay')).toMatchObject([{ name: 'play' }])
})
