import { expect, test } from '@jest/globals'
import { isOfBot } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** Bots that say by themselves what wakes them, in the plugins' worker. */

const tells = `export default async (ctx) => {
  await ctx.reply([ctx.trigger.kind, ctx.args, ...(ctx.trigger.match ?? [])].join('|'))
}`

const bot = (triggers: string) => `export const triggers = ${triggers}\n${tells}`

/** Says lines, and waits for so many answers. */
async function answers(person: Person, lines: readonly string[], count: number) {
  for (const line of lines) await person.says(line)
  for (let n = 0; n < count; n++) await person.next(isOfBot)
  return person.heard().flatMap(({ user, data }) => (user.kind === 'bot' ? [data] : []))
}

test('a command, a keyword, an expression and its name wake it; nothing else does', async () => {
  const { ada } = await lobby({
    people: ['ada', 'grace'],
    files: {
      'bots/dice.js': bot(
        `{ command: { name: 'roll', aliases: ['骰子'] }, keyword: '骰', regex: /(\\d+)d(\\d+)/, mention: true }`,
      ),
    },
  })

  expect(
    await answers(ada, ['hello', '/roll 2d6', '掷个骰子', '@dice hi', 'I say 3d8!'], 4),
  ).toEqual(['command|2d6', 'keyword|', 'mention|', 'regex||3d8|3|8'])
})

test('the menu lists what can be called here, in the language of who asks', async () => {
  const world = await lobby({
    files: {
      'bots/骰子.js': `export const triggers = { command: { name: 'roll', aliases: ['骰子'], help: { 'zh-CN': '掷骰子', en: 'Roll dice' } } }\n${tells}`,
      'bots/echo.js': `export default { api: 1, setup(host) { host.command('echo', (ctx) => ctx.args, { aliases: ['回声'], help: 'Say it again' }) } }`,
      'there.js': bot('{ command: "there" }'),
    },
    plugins: {
      'bot:elsewhere': { use: './there.js', rooms: 'garden' },
    },
  })
  const ada = await world.enters('ada')
  const { commands } = await ada.request({ type: 'commands', room: 'lobby' })

  expect(commands).toEqual([
    { name: 'echo', aliases: ['回声'], initials: ['hs'], help: 'Say it again', bot: 'echo' },
    { name: 'roll', aliases: ['骰子'], initials: ['tz'], help: 'Roll dice', bot: '骰子' },
    { name: 'nick', aliases: [], initials: [], help: expect.stringContaining('nickname') },
  ])

  const min = await world.signIn('明', { lang: 'zh-CN' })
  await min.connect()
  await min.join()
  const chinese = await min.request({ type: 'commands', room: 'lobby' })
  expect(chinese.commands?.[1]).toMatchObject({ name: 'roll', help: '掷骰子' })
})

test('／ and 、 of a Chinese keyboard call what there is, and any other text with them stays as it was written', async () => {
  const { ada } = await lobby({
    people: ['ada', 'grace'],
    plugins: { 'bot:listener': { use: './tells.js', hear: 'command' } },
    files: {
      'tells.js': tells,
      'bots/dice.js': bot('{ command: { name: "roll", aliases: ["骰子"] } }'),
      'bots/echo.js': `export default { api: 1, setup(host) { host.command('echo', (ctx) => ctx.args) } }`,
    },
  })
  await ada.says('／echo 你好')
  expect(await ada.next(({ type }) => type === 'whisper')).toMatchObject({ data: '你好' })
  expect(await answers(ada, ['／ＲＯＬＬ　2d6', '、骰子'], 2)).toEqual(['command|2d6', 'command|'])

  const texts = [
    '／unheard of',
    '／￣￣＼',
    '／',
    '／ roll',
    'so ／roll',
    '、你好',
    '、',
    '茶、roll',
  ]
  for (const text of texts) await ada.says(text)
  const { seq: message } = await ada.says('tea')
  await ada.request({ type: 'edit', room: 'lobby', message, data: '／roll' })
  expect((await ada.hears()).filter((line) => line.startsWith('ada'))).toEqual(
    ['/ＲＯＬＬ　2d6', '/骰子', ...texts, 'tea', '／roll'].map((text) => `ada: ${text}`),
  )
  expect(await answers(ada, ['/roll last'], 1)).toHaveLength(3)
})

test('the same line in the wide sign is acknowledged again, as it was sent', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    files: { 'bots/dice.js': bot('{ command: "roll" }') },
  })
  const line = { type: 'chat', room: 'lobby', cid: 'the-same-line', data: '／roll' }
  const { seq } = await ada.request(line)
  expect(await ada.request(line)).toMatchObject({ seq, dup: true })
  await expect(ada.request({ ...line, data: '/roll' })).rejects.toMatchObject({
    code: 'cid_conflict',
  })
})

test('an alias calls a command that is answered at once', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    files: {
      'bots/echo.js': `export default { api: 1, setup(host) { host.command('echo', (ctx) => ctx.args + '!', { aliases: ['回声'] }) } }`,
    },
  })
  await ada.says('/回声 你好')
  expect(await ada.next((frame) => frame.type === 'whisper')).toMatchObject({
    user: { name: 'echo' },
    data: '你好!',
  })
})

test('a command that is answered at once is one where its bot is, and a text where it is not', async () => {
  const toss = (name: string) =>
    `export default { api: 1, setup(host) { host.command('${name}', () => 'heads'); host.bot(() => {}) } }`
  const { ada, grace } = await lobby({
    people: ['ada', 'grace'],
    plugins: { 'bot:toss': { use: './toss.js', rooms: 'garden' } },
    files: { 'toss.js': toss('toss'), 'bots/flip.js': toss('flip') },
  })
  const { users } = await ada.join('garden')
  const direct = async (user = 0) => (await ada.request({ type: 'direct', user })).room ?? ''
  const [withGrace, withBot] = [
    await direct(grace.user.id),
    await direct(users.find(({ name }) => name === 'toss')?.id),
  ]
  /** Which of the two are in the menu of a room, and which are said as texts. */
  const menuAndTexts = async (room: string) => {
    await ada.join(room)
    const { commands = [] } = await ada.request({ type: 'commands', room })
    const both = ['toss', 'flip']
    const texts: string[] = []
    for (const name of both) {
      const { seq } = await ada.request({ type: 'chat', room, data: `/${name}` })
      if (seq !== undefined) texts.push(name)
      else expect(await ada.next(({ type }) => type === 'whisper')).toMatchObject({ data: 'heads' })
    }
    return [both.filter((name) => commands.some((one) => one.name === name)), texts]
  }

  expect(await menuAndTexts('lobby')).toEqual([['flip'], ['toss']])
  expect(await menuAndTexts('garden')).toEqual([['toss', 'flip'], []])
  expect(await menuAndTexts(withBot)).toEqual([['toss'], ['flip']])
  expect(await menuAndTexts(withGrace)).toEqual([[], ['toss', 'flip']])
})

test('a bot of the host’s own goes before the bird that has the same command', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    plugins: { 'bot:bird': { use: 'offline' } },
    files: { 'bots/dice.js': bot('{ command: { name: "roll", aliases: ["硬币"] } }') },
  })
  const { commands = [] } = await ada.request({ type: 'commands', room: 'lobby' })
  expect(commands.filter(({ name }) => name === 'roll' || name === 'coin')).toMatchObject([
    { name: 'roll', bot: 'dice' },
    { name: 'coin', bot: 'bird' },
  ])

  await answers(ada, ['/roll 2d6', '/硬币', '/coin'], 3)
  const who = (await ada.hears()).filter((line) => !line.startsWith('ada'))
  // Each bot answers in a task of its own: who is first is not said.
  expect(who.map((line) => line.split(':')[0]).toSorted()).toEqual(['bird', 'dice', 'dice'])
})

test('each command stands under whom answers it, and none that nobody here does', async () => {
  const world = await lobby({
    people: ['ada', 'grace'],
    plugins: { 'bot:bird': { use: 'offline' }, 'bot:dice': { use: 'dice' } },
    files: { 'bots/toss.js': bot('{ command: { name: "toss", aliases: ["coin", "猜拳"] } }') },
  })
  const { ada, grace } = world
  await world.gives(ada, 'host')
  const owners = async (room: string) => {
    const { commands = [] } = await ada.request({ type: 'commands', room })
    return Object.fromEntries(commands.map(({ name, aliases, bot: by }) => [name, { aliases, by }]))
  }

  const inLobby = await owners('lobby')
  expect(inLobby).toMatchObject({
    toss: { aliases: ['coin', '猜拳'], by: 'toss' },
    roll: { by: 'dice' },
    rps: { aliases: [], by: 'bird' },
  })
  expect(Object.keys(inLobby)).not.toContain('coin')
  const { bots = [] } = await ada.request({ type: 'bots', room: 'lobby' })
  const onCards = Object.fromEntries(bots.map(({ name, commands }) => [name, commands]))
  expect(onCards).toMatchObject({ dice: ['roll'], toss: ['toss'] })
  expect(onCards['bird']).toContain('rps')
  expect(onCards['bird']).not.toContain('roll')

  const { id } = (await ada.request({ type: 'members', room: 'lobby' })).users?.find(
    ({ name }) => name === 'dice',
  ) ?? { id: 0 }
  await ada.request({ type: 'policy', room: 'lobby', bot: id, mode: 'off' })
  expect((await owners('lobby'))['roll']).toMatchObject({ by: 'bird' })
  await ada.says('/roll 2d6')
  expect(await ada.next(isOfBot)).toMatchObject({ user: { name: 'bird' } })

  const { room: withDice = '' } = await ada.request({ type: 'direct', user: id })
  await ada.join(withDice)
  expect(Object.keys(await owners(withDice))).toEqual(expect.arrayContaining(['roll', 'nick']))
  expect(Object.keys(await owners(withDice))).not.toContain('time')
  const { room: withGrace = '' } = await ada.request({ type: 'direct', user: grace.user.id })
  await ada.join(withGrace)
  const ofPeople = Object.values(await owners(withGrace))
  expect(ofPeople.filter(({ by }) => by !== undefined)).toEqual([])
})

test('no menu has what is never answered: of a bot that only its name calls, the commands where it hears every line', async () => {
  const world = await lobby({
    people: ['ada'],
    plugins: {
      'bot:bird': { use: 'offline' },
      'bot:dice': { use: 'dice', hear: 'mention' },
    },
  })
  const { ada } = world
  const ownerOfRoll = async (room: string) => {
    const { commands = [] } = await ada.request({ type: 'commands', room })
    return commands.find(({ name }) => name === 'roll')?.bot
  }
  expect(await ownerOfRoll('lobby')).toBe('bird')
  await ada.says('/roll 2d6')
  expect(await ada.next(isOfBot)).toMatchObject({ user: { name: 'bird' } })

  const { bots = [] } = await ada.request({ type: 'bots', room: 'lobby' })
  const dice = bots.find(({ name }) => name === 'dice')
  expect(dice?.commands).toEqual(['roll']) // to be had by its name
  const { room = '' } = await ada.request({ type: 'direct', user: dice?.id ?? 0 })
  await ada.join(room)
  expect(await ownerOfRoll(room)).toBe('dice')
  await ada.says('/roll 2d6', { room })
  expect(await ada.next((frame) => isOfBot(frame) && frame.room === room)).toMatchObject({
    user: { name: 'dice' },
  })
})

test('members with a Chinese name have its initials', async () => {
  const world = await lobby({ files: { 'bots/dice.js': bot('{ all: true }') } })
  const ada = await world.signIn('小明同学')
  await ada.connect()
  const { users } = await ada.join()

  expect(users).toMatchObject([
    { name: '机器人小小鸟', initials: 'jqrxxn' },
    { name: 'dice' },
    { name: '小明同学', initials: 'xmtx' },
  ])
  expect(users[1]).not.toHaveProperty('initials')
  await world.saves('bots/骰子.js', bot('{ all: true }'))
  expect(await ada.next((frame) => frame.type === 'join')).toMatchObject({
    users: [{ name: '骰子', initials: 'tz' }],
  })
})
