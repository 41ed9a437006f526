import { expect, test } from '@jest/globals'
import { isOfBot, type Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** What the moderators of a room let a bot do there. */

/** Answers every line, has a command of its own, and says what woke it. */
const parrot = `export const triggers = { all: true, mention: true, command: { name: 'squawk', aliases: ['叫'] } }
export default (ctx) => ctx.reply(ctx.trigger.kind + ': ' + ctx.message.text)`
/** Wakes by everything that is no call. */
const sprite = `export const triggers = { keyword: 'tea', join: true, chance: 0.99999, command: 'brew', mention: true }
export default (ctx) => ctx.reply('sprite ' + ctx.trigger.kind)`

const world = async (plugin = parrot) => {
  const made = await lobby({
    people: ['ada', 'grace'],
    plugins: { 'bot:parrot': { use: './parrot.mjs' } },
    files: { 'parrot.mjs': plugin },
  })
  await made.gives(made.grace, 'mod')
  return made
}
const rules = (who: Person, set: object, room = 'lobby') =>
  who.request({ type: 'policy', room, bot: 0, ...set })
const isWhisper = (frame: Frame) => frame.type === 'whisper'
/** What bots said, once everything stored so far is here. */
const said = async (who: Person) => {
  await who.hears()
  return who
    .heard()
    .filter(isOfBot)
    .map(({ data }) => data)
}
/** What the bot hears of these lines; the last one it hears for sure. */
const heardOf = async (who: Person, ...lines: string[]) => {
  for (const line of lines) await who.says(line)
  await who.says('@parrot last')
  await who.next((frame) => isOfBot(frame) && frame.type === 'chat' && frame.data.endsWith('last'))
  return (await said(who)).map((line) => line.replace(/^\w+: /, ''))
}

test('a bot that is called only hears mentions, its commands and answers to it', async () => {
  const { ada, grace } = await world()
  await rules(grace, { mode: 'called' })
  const first = await ada.says('hello @parrot')
  const { seq = 0 } = (await ada.next(isOfBot)) as { seq?: number }
  await ada.says('to myself', { reply_to: first.seq ?? 0 })
  await ada.says('to you', { reply_to: seq })
  await ada.next(isOfBot)

  expect(await heardOf(ada, 'and to all', '/squawk', '/叫 loud', '/other')).toEqual([
    'hello @parrot',
    'to you',
    '/squawk',
    '/叫 loud',
    '@parrot last',
  ])
})

test('a bot that is off hears and says nothing, and who calls it is told, alone', async () => {
  const { ada, grace } = await world()
  await rules(grace, { mode: 'off' })
  await ada.says('hello')
  await ada.says('hello @parrot')
  expect(await ada.next(isWhisper)).toMatchObject({ data: expect.stringContaining('turned off') })
  await ada.says('/squawk')
  await ada.next(isWhisper)
  const { commands } = await ada.request({ type: 'commands', room: 'lobby' })
  expect(commands?.map(({ name }) => name)).not.toContain('squawk')

  await rules(grace, { mode: 'active' })
  expect(await heardOf(ada, 'back')).toEqual(['back', '@parrot last'])
  expect(grace.frames.some(isWhisper)).toBe(false)
})

test('what a bot is about when it is turned off it says no more, and its log says why', async () => {
  const slow = `export default async (ctx) => {
    const draft = ctx.stream()
    draft.write('half ')
    await new Promise((done) => ctx.signal.addEventListener('abort', done))
    await ctx.reply('still here')
  }`
  const { ada, grace, logged } = await world(slow)
  await ada.says('@parrot go')
  await ada.next((frame) => frame.type === 'delta' && frame.data === 'half ')
  await rules(grace, { mode: 'off' })

  expect(await ada.next(isOfBot)).toMatchObject({ data: 'half', ended: 'cancelled' })
  await rules(grace, { mode: 'active' })
  await ada.says('@parrot again')
  await ada.next((frame) => frame.type === 'delta' && frame.data === 'half ')
  expect(await said(ada)).toEqual(['half'])
  expect(logged.join()).not.toContain('bot failed')
})

test('only moderators may call it where the room says so, and others are told', async () => {
  const { ada, grace } = await world()
  await rules(grace, { callers: 'moderators' })
  await ada.says('hello all')
  await ada.says('@parrot hello')
  expect(await ada.next(isWhisper)).toMatchObject({ data: expect.stringContaining('moderators') })

  expect(await heardOf(grace, 'hello')).toEqual(['hello', '@parrot last'])
})

test('members are people: where they alone may call, another bot is not heard', async () => {
  const made = await lobby({
    people: ['ada', 'grace'],
    plugins: {
      'bot:parrot': { use: './parrot.mjs', hear_bots: true },
      'bot:crier': { use: './crier.mjs', hear: 'all' },
    },
    files: {
      'parrot.mjs': parrot,
      'crier.mjs': `export default (ctx) => ctx.message.text === 'cry' && ctx.reply('@parrot hear me')`,
    },
  })
  const { ada, grace } = made
  await made.gives(grace, 'host')
  await rules(grace, { callers: 'members' })
  await ada.says('cry')
  await ada.next(
    (frame) => isOfBot(frame) && frame.type === 'chat' && frame.data.includes('hear me'),
  )

  await heardOf(ada)
  expect((await said(ada)).filter((line) => line.includes('hear me'))).toEqual(['@parrot hear me'])
})

/** `HH:MM` in so many minutes on this machine's clock. */
const inMinutes = (minutes: number) => {
  const date = new Date(Date.now() + minutes * 60_000)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

test('within quiet hours it speaks only when called, and before and after as it likes', async () => {
  const made = await world()
  const { ada, grace } = made
  await rules(grace, { quiet: { from: inMinutes(60), until: inMinutes(120) } })
  const before = await heardOf(ada, 'early')
  made.passes(90 * 60_000)
  const within = await heardOf(ada, 'quiet')
  expect((await ada.request({ type: 'bots', room: 'lobby' })).bots?.[0]).toHaveProperty('quiet_now')
  made.passes(60 * 60_000)
  const after = await heardOf(ada, 'late')

  expect(before.slice(-2)).toEqual(['early', '@parrot last'])
  expect(within.slice(-2)).toEqual(['@parrot last', '@parrot last'])
  expect(after.slice(-2)).toEqual(['late', '@parrot last'])
})

test('chance, keywords and comings wake no bot that is called only', async () => {
  const made = await world(sprite)
  const { ada, grace } = made
  await rules(grace, { mode: 'called' })
  const brews = async () => {
    await ada.says('/brew')
    await ada.next((frame) => isOfBot(frame) && 'data' in frame && frame.data === 'sprite command')
  }
  await brews() // what woke it before is answered
  const before = await said(ada)
  await made.enters('eve')
  await ada.says('some tea')
  await brews()

  expect((await said(ada)).slice(before.length)).toEqual(['sprite command'])
})

test('all in the room are told, the audit log keeps it, and it outlives a restart', async () => {
  const made = await world()
  const { ada, grace } = made
  const set = { mode: 'called', callers: 'members', quiet: { from: '22:00', until: '08:00' } }
  expect(await rules(grace, set)).toMatchObject({ bot: 0, policy: set })
  expect(await ada.next((frame) => frame.type === 'policy')).toMatchObject({ bot: 0, policy: set })
  expect((await ada.hears()).at(-1)).toMatch(/grace 让 parrot 只在被叫到时回答/)
  const { entries } = await grace.request({ type: 'audit', room: 'lobby' })
  expect(entries?.[0]).toMatchObject({
    action: 'policy',
    target: { id: 0, name: 'parrot' },
    details: set,
  })

  await made.restart()
  await grace.comesBack()
  expect(await policyOf(grace)).toEqual(set)
  expect(await rules(grace, { quiet: null })).toMatchObject({
    policy: { mode: 'called', callers: 'members' },
  })
})

const policyOf = async (who: Person) =>
  (await who.request({ type: 'bots', room: 'lobby' })).bots?.[0]?.policy

test('what is so already is told to nobody', async () => {
  const { ada, grace } = await world()
  await rules(grace, { mode: 'active' })
  expect(ada.frames.some(({ type }) => type === 'policy')).toBe(false)
  expect(await ada.hears()).toEqual([])
})

test.each([
  ['a bot that is not there', { bot: -77, mode: 'off' }, 'no_such_user'],
  ['a person', { bot: 1, mode: 'off' }, 'no_such_user'],
  ['another mode', { mode: 'loud' }, 'bad_request'],
  ['no time of day', { quiet: { from: '24:00', until: '08:00' } }, 'bad_request'],
  ['no time at all', { quiet: { from: '08:00', until: '08:00' } }, 'bad_request'],
])('%s is refused', async (_, set, code) => {
  const { grace } = await world()
  await expect(rules(grace, set)).rejects.toMatchObject({ code })
})

test('a command that is answered at once goes back to its sender while its bot is off', async () => {
  const { ada, grace } = await world(
    `export default { name: 'p', api: 1, setup(host) { host.command('now', () => 'noon'); host.bot(() => {}) } }`,
  )
  await rules(grace, { mode: 'off' })
  await expect(ada.says('/now')).rejects.toMatchObject({
    code: 'denied',
    message: expect.stringContaining('turned off'),
  })
  await rules(grace, { mode: 'called' })
  await ada.says('/now')
  expect(await ada.next(isWhisper)).toMatchObject({ data: 'noon' })
})

test('it holds in its room alone, and its maker sets it', async () => {
  const { ada, grace } = await world()
  await ada.join('den')
  await rules(ada, { mode: 'off' }, 'den')
  await expect(rules(ada, { mode: 'off' })).rejects.toMatchObject({ code: 'denied' })
  await ada.says('@parrot here', { room: 'den' })
  await ada.next(isWhisper)
  await grace.says('hello')
  await grace.next(isOfBot)
})
